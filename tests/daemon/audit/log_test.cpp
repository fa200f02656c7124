#include "daemon/audit/log.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

namespace kaomon::audit {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class AuditLog : public ::testing::Test {
  protected:
    AuditLog() {
        char name[] = "/tmp/kaomon-audit-XXXXXX";
        folder = mkdtemp(name);
        file = folder / "audit.jsonl";
    }
    ~AuditLog() override { std::filesystem::remove_all(folder); }

    static Record sample(std::int64_t time) {
        return {time,    "0123abcd", "1000",   "verified",           "face",       "match",
                "valid", "valid",    "normal", std::string(64, 'e'), "card,camera"};
    }
    void write(int records) {
        auto log = Log::open(file);
        ASSERT_TRUE(log) << log.error().detail;
        for (int i = 0; i < records; ++i)
            ASSERT_TRUE(log->append(sample(1'795'000'000 + i)));
    }
    std::string text() const {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::vector<std::string> lines() const {
        std::istringstream in(text());
        std::vector<std::string> found;
        for (std::string line; std::getline(in, line);)
            found.push_back(line);
        return found;
    }
    void overwrite(const std::string& content) const { std::ofstream(file, std::ios::binary) << content; }
    void overwrite(const std::vector<std::string>& content) const {
        std::ofstream out(file, std::ios::binary);
        for (const auto& line : content)
            out << line << '\n';
    }
    void expect_broken(const char* detail) const {
        const auto counted = verify(file);
        ASSERT_FALSE(counted) << detail;
        EXPECT_EQ(counted.error().reason, Reason::audit_broken);
        EXPECT_THAT(counted.error().detail, HasSubstr(detail));
    }

    std::filesystem::path folder, file;
};

TEST_F(AuditLog, IsMadeForItsOwnerOnly) {
    write(0);
    struct stat found{};
    ASSERT_EQ(stat(file.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777, 0600U);
    EXPECT_EQ(verify(file), 0U);
}

TEST_F(AuditLog, ChainsItsLines) {
    write(2);
    const auto found = lines();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_THAT(found[0],
                StartsWith(R"({"n":1,"time":1795000000,"session":"0123abcd","caller":"1000",)"
                           R"("decision":"verified","method":"face","reason":"match","signature":"valid",)"
                           R"("chip":"valid","policy":"normal","result_sha256":"eeeeeeee)"));
    EXPECT_THAT(
        found[0],
        HasSubstr(
            R"(,"simulated":"card,camera","staff":"","staff_reason":"","earlier":"","suspicion":"","prev":")" +
            std::string(64, '0') + R"(","hash":")"));
    const std::string hash = found[0].substr(found[0].size() - 66, 64);
    EXPECT_THAT(found[1], HasSubstr(R"("prev":")" + hash + R"(","hash":")"));
    EXPECT_EQ(verify(file), 2U);
}

// Whoever writes another member has to think about rule 2 of the house first.
TEST_F(AuditLog, HoldsNoOtherMember) {
    write(1);
    std::string names;
    const std::string line = lines()[0];
    for (std::size_t at = 0; (at = line.find("\":", at)) != line.npos; ++at)
        names += line.substr(line.rfind('"', at - 1) + 1, at - line.rfind('"', at - 1) - 1) + ' ';
    EXPECT_EQ(names, "n time session caller decision method reason signature chip policy result_sha256 "
                     "simulated staff staff_reason "
                     "earlier suspicion prev hash ");
}

TEST_F(AuditLog, GoesOnAfterARestart) {
    write(2);
    write(3);
    EXPECT_EQ(verify(file), 5U);
}

TEST_F(AuditLog, KeepsStrangeTextInOneLine) {
    auto log = Log::open(file);
    Record strange = sample(1);
    strange.session = "a\n\"}\\\x01受";
    ASSERT_TRUE(log->append(strange));
    EXPECT_EQ(lines().size(), 1U);
    EXPECT_THAT(lines()[0], HasSubstr(R"("session":"a\u000a\u0022}\u005c\u0001\u00e5\u008f\u0097")"));
    EXPECT_EQ(verify(file), 1U);
}

TEST_F(AuditLog, RefusesARecordOfAbsurdLength) {
    auto log = Log::open(file);
    Record huge = sample(1);
    huge.session.assign(10'000, 'x');
    EXPECT_EQ(log->append(huge).error().reason, Reason::audit_unwritable);
    EXPECT_TRUE(log->append(sample(1)));
    EXPECT_EQ(verify(file), 1U);
}

TEST_F(AuditLog, ShowsEveryChangedByte) {
    write(3);
    const std::string good = text();
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string changed = good;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        overwrite(changed);
        const auto counted = verify(file);
        ASSERT_FALSE(counted) << i;
        ASSERT_EQ(counted.error().reason, Reason::audit_broken) << i;
    }
}

TEST_F(AuditLog, ShowsRemovedAddedAndReorderedLines) {
    write(4);
    const auto good = lines();
    overwrite(std::vector{good[1], good[2], good[3]});
    expect_broken("line 1: another number");
    overwrite(std::vector{good[0], good[2], good[3]});
    expect_broken("line 2: another number");
    overwrite(std::vector{good[0], good[2], good[1], good[3]});
    expect_broken("line 2: another number");
    overwrite(std::vector{good[0], good[1], good[1], good[2], good[3]});
    expect_broken("line 3: another number");
    overwrite(std::vector{good[0], std::string(), good[1]});
    expect_broken("line 2: not a line");
    overwrite(std::vector{std::string(20'000, 'x')});
    expect_broken("line 1: too long");
    overwrite(std::vector{good[0], good[1], good[2]}); // the documented blind spot
    EXPECT_EQ(verify(file), 3U);
}

TEST_F(AuditLog, ShowsALineOfAnotherRecord) {
    write(2);
    const auto ours = lines();
    std::filesystem::remove(file);
    auto log = Log::open(file);
    ASSERT_TRUE(log->append(sample(5)));
    ASSERT_TRUE(log->append(sample(6)));
    overwrite(std::vector{ours[0], lines()[1]});
    expect_broken("line 2: does not follow");
}

TEST_F(AuditLog, IsNotContinuedWhenBroken) {
    write(3);
    auto changed = text();
    changed[changed.find("verified")] = 'V';
    overwrite(changed);
    const auto log = Log::open(file);
    ASSERT_FALSE(log);
    EXPECT_EQ(log.error().reason, Reason::audit_broken);
    EXPECT_THAT(log.error().detail, HasSubstr("audit.jsonl: line 1: does not fit its own hash"));
    EXPECT_EQ(text(), changed);
}

TEST_F(AuditLog, RecordsATornLine) {
    for (const std::string& torn : {std::string("{\"n\":3,\"ti"), std::string(100, '\0')}) {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directory(folder);
        write(2);
        std::ofstream(file, std::ios::app) << torn;
        expect_broken("line 3: half a line");
        write(1);
        EXPECT_EQ(verify(file), 4U);
        EXPECT_THAT(lines()[2],
                    StartsWith(R"({"n":3,"event":"torn_line","bytes":)" + std::to_string(torn.size()) + ','));
        std::ifstream beside(file.string() + ".torn", std::ios::binary);
        EXPECT_EQ(std::string(std::istreambuf_iterator<char>(beside), {}), torn + '\n');
    }
}

// Places at which a power cut can end the last line.
TEST_F(AuditLog, OpensAfterACutAtAnyByte) {
    write(2);
    const std::string good = text();
    const std::size_t first = good.find('\n') + 1;
    for (std::size_t length = first; length < good.size(); length += 29) {
        overwrite(good.substr(0, length));
        ASSERT_TRUE(Log::open(file)) << length;
        ASSERT_EQ(verify(file), length == first ? 1U : 2U) << length;
    }
}

TEST_F(AuditLog, HasOneWriter) {
    const auto first = Log::open(file);
    ASSERT_TRUE(first);
    const auto second = Log::open(file);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().reason, Reason::audit_unwritable);
    EXPECT_THAT(second.error().detail, EndsWith("another process is writing it"));
}

TEST_F(AuditLog, CanBeReadBesideItsWriter) {
    auto log = Log::open(file);
    ASSERT_TRUE(log->append(sample(1)));
    EXPECT_EQ(verify(file), 1U);
}

TEST_F(AuditLog, NoticesOthersInTheFile) {
    auto log = Log::open(file);
    ASSERT_TRUE(log->append(sample(1)));
    std::ofstream(file, std::ios::app) << "forged\n";
    const auto done = log->append(sample(2));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().reason, Reason::audit_broken);
    EXPECT_THAT(text(), EndsWith("forged\n")); // nothing is built on it
}

TEST_F(AuditLog, NoticesThatItWasReplaced) {
    auto log = Log::open(file);
    ASSERT_TRUE(log->append(sample(1)));
    std::filesystem::rename(file, folder / "old");
    EXPECT_EQ(log->append(sample(2)).error().reason, Reason::audit_broken);
    std::filesystem::remove(folder / "old");
    EXPECT_FALSE(log->append(sample(2)));
}

// A disk that fills up in the middle of a line, made with the limit on file sizes.
TEST_F(AuditLog, LeavesNoTraceOnAFullDisk) {
    auto log = Log::open(file);
    ASSERT_TRUE(log->append(sample(1)));
    const std::string before = text();
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit tight{before.size() + 100, limit.rlim_max};
    const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &tight);
    const auto full = log->append(sample(2));
    setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, old_handler);

    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().reason, Reason::audit_unwritable);
    EXPECT_EQ(text(), before);
    EXPECT_TRUE(log->append(sample(2))); // somebody made room
    EXPECT_EQ(verify(file), 2U);
}

TEST_F(AuditLog, SaysWhatItCannotWrite) {
    EXPECT_EQ(Log::open(folder / "no" / "file").error().reason, Reason::audit_unwritable);
    EXPECT_EQ(Log::open("/dev/full").error().reason, Reason::audit_unwritable);
    EXPECT_EQ(Log::open(folder).error().reason, Reason::audit_unwritable);
    std::filesystem::create_symlink(folder / "elsewhere", folder / "link");
    EXPECT_THAT(Log::open(folder / "link").error().detail, HasSubstr("symbolic link"));
    EXPECT_FALSE(std::filesystem::exists(folder / "elsewhere"));
    EXPECT_EQ(verify(folder / "nothing").error().reason, Reason::audit_unwritable);
}

} // namespace
} // namespace kaomon::audit
