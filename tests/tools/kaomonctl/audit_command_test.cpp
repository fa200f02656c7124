// kaomonctl audit and key, as an operator uses them, on a record and a key that the daemon's own code made.
#include "daemon/audit/line.hpp"
#include "daemon/audit/log.hpp"
#include "daemon/result/jws.hpp"
#include "tests/daemon/result/samples.hpp"
#include "tests/daemon/socket/program.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

namespace kaomon {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class AuditCommands : public ::testing::Test {
  protected:
    AuditCommands() {
        std::ofstream(folder / "kaomond.toml") << "[audit]\nfile = \"" << record.string()
                                               << "\"\n[result]\nkey = \"" << key_file.string() << "\"\n";
    }
    testing::Ended ctl(std::vector<std::string> arguments, const std::string& input = {}) const {
        arguments.insert(arguments.begin(), KAOMON_BINARY_DIR "/bin/kaomonctl");
        arguments.insert(arguments.end(), {"--config", (folder / "kaomond.toml").string()});
        return testing::run_program(arguments, input);
    }
    audit::Log open() const {
        const auto key = result::SigningKey::load_or_create(key_file).value();
        return audit::Log::open(
                   {.file = record,
                    .seal = {.sign =
                                 [key](std::string_view json) { return key.sign(audit::head_type, json); },
                             .check =
                                 [key](std::string_view jws) {
                                     return result::open_jws(jws, key.all_keys(), audit::head_type);
                                 }},
                    .now = [this] { return now; },
                    .clock = [] { return audit::ClockState::synchronised; }})
            .value();
    }
    // That many visits; the last one's signed result.
    std::string write(int visits) {
        auto log = open();
        const auto key = result::SigningKey::load_or_create(key_file).value();
        std::string jws;
        for (int i = 0; i < visits; ++i) {
            auto claims = result::testing::sample_claims();
            const auto place = log.next();
            claims.audit = {static_cast<std::int64_t>(place.sequence), place.previous};
            jws = key.sign(claims);
            audit::Record line;
            line.time = ++now;
            line.session = "0123456789abcdef";
            line.caller = "1000";
            line.decision = "verified";
            line.method = "face";
            line.reason = "match";
            line.result_sha256 = audit::sha256_hex(jws);
            EXPECT_TRUE(log.append(line));
            const auto head = log.sign_head();
            EXPECT_TRUE(head);
            if (*head)
                journal += "Nov 30 09:00:00 desk kaomond[1]: audit: signed head " + **head + "\n";
        }
        return jws;
    }
    void drop_lines(std::size_t from, std::size_t count) const {
        std::ifstream in(record);
        std::vector<std::string> lines;
        for (std::string line; std::getline(in, line);)
            lines.push_back(line);
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(from),
                    lines.begin() + static_cast<std::ptrdiff_t>(from + count));
        std::ofstream out(record);
        for (const auto& line : lines)
            out << line << '\n';
    }

    result::testing::Folder folder;
    std::filesystem::path record = folder / "audit.jsonl", key_file = folder / "key.pem";
    std::int64_t now = 1'795'000'000;
    std::string journal;
};

TEST_F(AuditCommands, ASoundRecordFitsTogether) {
    const std::string jws = write(5);
    auto ended = ctl({"audit", "verify"});
    EXPECT_EQ(ended.code, 0) << ended.out << ended.err;
    EXPECT_THAT(ended.out, AllOf(HasSubstr("records     1 to 6"), HasSubstr("5 verifications"),
                                 HasSubstr("The audit record fits together.")));
    ended = ctl({"--lang", "ja", "audit", "verify"});
    EXPECT_THAT(ended.out, HasSubstr("監査記録のつながりは合っています。"));
    EXPECT_THAT(ctl({"audit", "verify", "--json"}).out, HasSubstr(R"("fits":true,"signatures":"checked")"));
    ended = ctl({"audit", "verify", "--results", "-"}, jws + "\n");
    EXPECT_EQ(ended.code, 0) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("1 stored results fit"));
    EXPECT_EQ(ctl({"audit", "verify", "--head", "-"}, journal).code, 0) << "lines of the journal as they are";
}

TEST_F(AuditCommands, WhatIsMissingIsNamedAndNobodyAccused) {
    write(8);
    drop_lines(6, 3);
    auto ended = ctl({"audit", "verify"});
    EXPECT_EQ(ended.code, 7);
    EXPECT_THAT(ended.out, AllOf(HasSubstr("records 7-9 are missing at the end"),
                                 HasSubstr("Possible causes:"), HasSubstr("does not fit together")));
    for (const char* accusing : {"tamper", "forge", "fraud", "manipulat"})
        EXPECT_THAT(ended.out, Not(HasSubstr(accusing)));
    drop_lines(3, 1);
    ended = ctl({"--lang", "ja", "audit", "verify"});
    EXPECT_THAT(ended.out,
                AllOf(HasSubstr("途中の記録 4 がありません"), HasSubstr("末尾の記録 7-9 がありません"),
                      HasSubstr("考えられる原因"), Not(HasSubstr("改ざん"))));
    EXPECT_THAT(
        ctl({"audit", "verify", "--json"}).out,
        AllOf(HasSubstr(R"("fits":false)"),
              HasSubstr(R"({"kind":"records_missing","record":4,"until":4,"file":"audit.jsonl","line":4)")));
}

// By the machine's own administrator, who has the key.
TEST_F(AuditCommands, ARecordWrittenAnewIsFoundByWhatOthersKept) {
    const std::string jws = write(3);
    std::filesystem::remove(record);
    std::filesystem::remove(record.string() + ".head");
    const std::string kept = journal;
    now += 60;
    write(4);
    EXPECT_EQ(ctl({"audit", "verify"}).code, 0);
    auto ended = ctl({"audit", "verify", "--results", "-"}, jws + "\n");
    EXPECT_EQ(ended.code, 7);
    EXPECT_THAT(ended.out, HasSubstr("record 4 is another one than the stored result names"));
    ended = ctl({"audit", "verify", "--head", "-"}, kept);
    EXPECT_EQ(ended.code, 7);
    EXPECT_THAT(ended.out, HasSubstr("than the signed head says"));
}

TEST_F(AuditCommands, WhatCannotBeCheckedIsNotOk) {
    write(2);
    EXPECT_EQ(ctl({"audit", "verify", "--results", "-"}, "eyJ.eyJ.AAAA\n").code, 5);
    std::filesystem::remove(key_file.string() + ".public");
    const auto ended = ctl({"audit", "verify"});
    EXPECT_EQ(ended.code, 7);
    EXPECT_THAT(ended.out, HasSubstr("NOT CHECKED"));
    EXPECT_EQ(ctl({"audit", "verify", "--file", folder / "nothing"}).code, 3);
}

TEST_F(AuditCommands, ShowsTheLastRecords) {
    write(30);
    auto ended = ctl({"audit", "show", "--last", "2"});
    EXPECT_EQ(ended.code, 0);
    EXPECT_THAT(ended.out,
                AllOf(HasSubstr("      31  2026-11-18 "),
                      HasSubstr("VERIFIED  face  match  uid 1000  01234567"), Not(HasSubstr("      29  "))));
    EXPECT_EQ(std::ranges::count(ended.out, '\n'), 2);
    ended = ctl({"audit", "show", "--json", "--from", "2", "--to", "2"});
    EXPECT_THAT(ended.out, HasSubstr(R"({"n":2,)"));
    EXPECT_THAT(ctl({"audit", "show", "--to", "2"}).out, HasSubstr("head"));
}

TEST_F(AuditCommands, AnExportVerifiesElsewhere) {
    write(5);
    const std::string out = folder / "export.jsonl";
    EXPECT_EQ(ctl({"audit", "export", out}).code, 0);
    EXPECT_EQ(ctl({"audit", "export", out}).code, 3) << "nothing is written over";
    std::filesystem::remove(key_file.string() + ".public"); // elsewhere: another machine's
    const auto ended = ctl({"audit", "verify", "--file", out});
    EXPECT_EQ(ended.code, 0) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("head        of record 6"));
}

TEST_F(AuditCommands, AKeyIsMadeAnnouncedSwitchedAndRetired) {
    EXPECT_THAT(ctl({"key", "show"}).out, HasSubstr("not made yet"));
    ASSERT_EQ(ctl({"key", "make"}).code, 0);
    EXPECT_EQ(ctl({"key", "make"}).code, 3) << "there is one";
    const std::string first = result::SigningKey::load_or_create(key_file)->key_id();
    ASSERT_EQ(ctl({"key", "announce"}).code, 0);
    EXPECT_EQ(ctl({"key", "switch"}).code, 3) << "not given out yet";
    ASSERT_TRUE(result::SigningKey::load_or_create(key_file)); // the daemon starts
    EXPECT_THAT(ctl({"key", "show"}).out, AllOf(HasSubstr(first + "  signs"), HasSubstr("  announced")));
    ASSERT_EQ(ctl({"key", "switch"}).code, 0);
    const auto second = result::SigningKey::load_or_create(key_file).value();
    EXPECT_NE(second.key_id(), first);
    EXPECT_THAT(second.jwk_set(), HasSubstr(first));
    EXPECT_EQ(ctl({"key", "retire", second.key_id()}).code, 3);
    ASSERT_EQ(ctl({"key", "retire", first}).code, 0);
    EXPECT_THAT(result::SigningKey::load_or_create(key_file)->jwk_set(), Not(HasSubstr(first)));
}

TEST_F(AuditCommands, ALostKeyIsNotReplacedWithoutAWord) {
    write(1);
    std::filesystem::remove(key_file);
    auto ended = ctl({"key", "make"});
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.err, HasSubstr("--replace-lost"));
    EXPECT_EQ(ctl({"key", "show"}).code, 7);
    std::filesystem::remove(key_file.string() + ".public");
    EXPECT_EQ(ctl({"--lang", "ja", "key", "make"}).code, 3) << "the record tells";
    EXPECT_EQ(ctl({"key", "make", "--replace-lost"}).code, 0);
}

} // namespace
} // namespace kaomon
