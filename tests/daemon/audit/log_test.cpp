#include "tests/daemon/audit/samples.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

namespace kaomon::audit {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using AuditLog = RecordTest;

TEST_F(AuditLog, IsMadeForItsOwnerOnly) {
    write(0);
    struct stat found{};
    ASSERT_EQ(stat(file.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777, 0600U);
    EXPECT_EQ(findings(), "");
}

TEST_F(AuditLog, ChainsItsLines) {
    auto log = open();
    ASSERT_TRUE(log->append(sample(1'795'000'000)));
    const Place second = log->next();
    ASSERT_TRUE(log->append(sample(1'795'000'001)));
    const auto found = lines();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_THAT(
        found[0],
        StartsWith(R"({"n":1,"time":1795000000,"clock":"synchronised","session":"0123abcd",)"
                   R"("caller":"1000","decision":"verified","method":"face","reason":"match",)"
                   R"("signature":"valid","chip":"valid","policy":"normal","result_sha256":"eeeeeeee)"));
    EXPECT_THAT(
        found[0],
        HasSubstr(R"(,"simulated":"card,camera","staff":"","staff_reason":"","earlier":"","suspicion":"",)"
                  R"("audience":"","purpose":"","attributes":"","consent":"","prev":")" +
                  std::string(64, '0') + R"(","hash":")"));
    const std::string hash = found[0].substr(found[0].size() - 66, 64);
    EXPECT_THAT(found[1], HasSubstr(R"("prev":")" + hash + R"(","hash":")"));
    EXPECT_EQ(second.sequence, 2U) << "known before it is written: the signed result names it";
    EXPECT_EQ(second.previous, hash);
}

// Whoever writes another member has to think about rule 2 of the house first.
TEST_F(AuditLog, HoldsNoOtherMember) {
    ASSERT_TRUE(open()->append(sample(now)));
    std::string names;
    const std::string line = lines()[0];
    for (std::size_t at = 0; (at = line.find("\":", at)) != line.npos; ++at)
        names += line.substr(line.rfind('"', at - 1) + 1, at - line.rfind('"', at - 1) - 1) + ' ';
    EXPECT_EQ(names, "n time clock session caller decision method reason signature chip policy result_sha256 "
                     "simulated staff staff_reason "
                     "earlier suspicion audience purpose attributes consent prev hash ");
}

TEST_F(AuditLog, TellsTheClocksStateAndAStepBack) {
    auto log = open();
    ASSERT_TRUE(log->append(sample(now)));
    clock = ClockState::unsynchronised;
    ASSERT_TRUE(log->append(sample(now - 3600)));
    clock = ClockState::unknown;
    ASSERT_TRUE(log->append(sample(now - 3600)));
    const auto found = lines();
    EXPECT_THAT(found[0], Not(HasSubstr("stepped_back")));
    EXPECT_THAT(found[1], HasSubstr(R"("clock":"unsynchronised","stepped_back":3600,)"));
    EXPECT_THAT(found[2], HasSubstr(R"("clock":"unknown","session")"));
    const auto report = examine(file, {}).value();
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].kind, FindingKind::clock_back);
    EXPECT_EQ(report.findings[0].record, 2U);
    EXPECT_EQ(report.findings[0].detail, "3600 s");
    EXPECT_EQ(report.unsynchronised, 2U);
}

TEST_F(AuditLog, GoesOnAfterARestart) {
    write(2);
    write(3);
    EXPECT_EQ(examined().verifications, 5U);
    EXPECT_EQ(findings(), "");
}

TEST_F(AuditLog, KeepsStrangeTextInOneLine) {
    auto log = open();
    Record strange = sample(now);
    strange.session = "a\n\"}\\\x01受\",\"event\":\"gap";
    ASSERT_TRUE(log->append(strange));
    EXPECT_EQ(lines().size(), 1U);
    EXPECT_THAT(lines()[0], HasSubstr(R"("session":"a\u000a\u0022}\u005c\u0001\u00e5\u008f\u0097\u0022,)"));
    EXPECT_EQ(take_apart(lines()[0])->text("event"), "");
}

TEST_F(AuditLog, RefusesARecordOfAbsurdLength) {
    auto log = open();
    Record huge = sample(1);
    huge.session.assign(10'000, 'x');
    EXPECT_EQ(log->append(huge).error().reason, Reason::audit_unwritable);
    EXPECT_TRUE(log->append(sample(now)));
    EXPECT_EQ(lines().size(), 1U);
}

TEST_F(AuditLog, SignsItsHeadAtEachRecordAndWithinItselfEveryManyAndEveryDay) {
    {
        auto log = open();
        ASSERT_TRUE(log->append(sample(now)));
        EXPECT_TRUE(log->sign_head()->has_value()) << "the first of a start";
        const auto head = read_head(file, seal());
        ASSERT_TRUE(head && *head);
        EXPECT_EQ((**head).sequence, 2U) << "the line that holds the head is one, too";
        for (std::uint64_t i = 0; i < head_every; ++i) {
            ASSERT_TRUE(log->append(sample(now)));
            EXPECT_EQ(log->sign_head()->has_value(), i + 1 == head_every) << i;
        }
        EXPECT_FALSE(log->sign_head()->has_value()) << "nothing new";
        now += 24 * 60 * 60;
        EXPECT_TRUE(log->sign_head()->has_value()) << "a day has begun";
    }
    const auto report = examined();
    EXPECT_EQ(report.heads, 3U);
    EXPECT_EQ(report.found, 0U);
    ASSERT_TRUE(report.head);
    EXPECT_EQ(report.head->sequence, report.last);
}

TEST_F(AuditLog, AFullFileIsFollowedByAnotherAndTheChainGoesOn) {
    segment_bytes = 4000;
    write(20);
    write(20);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        files += entry.path().filename().string().starts_with("audit.jsonl.0") ? 1 : 0;
    EXPECT_GT(files, 4U);
    EXPECT_TRUE(std::filesystem::exists(file.string() + ".0000000001"));
    auto report = examined();
    EXPECT_EQ(report.found, 0U) << findings();
    EXPECT_EQ(report.files, files + 1);
    EXPECT_EQ(report.verifications, 40U);

    std::filesystem::remove(file.string() + ".0000000001"); // archived
    EXPECT_THAT(findings(), StartsWith("begins_later "));
    EXPECT_EQ(findings({.may_begin_later = true}), "");
}

TEST_F(AuditLog, EveryMonthHasAFileOfItsOwn) {
    write(2);
    now += std::int64_t{20} * 24 * 60 * 60;
    write(2);
    EXPECT_TRUE(std::filesystem::exists(file.string() + ".0000000001"));
    EXPECT_EQ(examined().files, 2U);
    EXPECT_EQ(findings(), "");
    now -= std::int64_t{40} * 24 * 60 * 60; // a clock that goes back begins none
    write(1);
    EXPECT_EQ(examined().files, 2U);
}

TEST_F(AuditLog, AFullFileTakesNobodysName) {
    std::ofstream(file.string() + ".0000000001") << "put back from a backup\n";
    segment_bytes = 1000;
    write(3);
    EXPECT_EQ(text_of(file.string() + ".0000000001"), "put back from a backup\n");
    EXPECT_TRUE(std::filesystem::exists(file.string() + ".0000000002"));
    EXPECT_EQ(examined().verifications, 3U);
}

// The power goes between the full file's new name and the next file.
TEST_F(AuditLog, GoesOnBehindTheLastFullFile) {
    write(3);
    std::filesystem::rename(file, file.string() + ".0000000001");
    write(1);
    EXPECT_EQ(findings(), "");
    EXPECT_EQ(examined().verifications, 4U);
}

TEST_F(AuditLog, RecordsATornLine) {
    for (const std::string& torn : {std::string("{\"n\":3,\"ti"), std::string(100, '\0')}) {
        std::filesystem::remove(file);
        std::filesystem::remove(head_file_of(file));
        write(2);
        const std::uint64_t last = examined().last;
        std::ofstream(file, std::ios::app) << torn;
        EXPECT_EQ(findings(), "half_a_line " + std::to_string(last + 1));
        write(1);
        EXPECT_EQ(findings(), "")
            << "it is on record and nothing is lost: a result was never given out for it";
        EXPECT_THAT(text(), HasSubstr(R"("event":"torn_line","bytes":)" + std::to_string(torn.size()) + ','));
        EXPECT_THAT(text_of(file.string() + ".torn"), EndsWith(torn + '\n'));
    }
}

// Places at which a power cut can end the last line.
TEST_F(AuditLog, OpensAfterACutAtAnyByte) {
    write(2);
    const std::string good = text();
    const std::size_t first = good.find('\n') + 1;
    for (std::size_t length = first; length < good.size(); length += 29) {
        overwrite(good.substr(0, length));
        ASSERT_TRUE(Log::open({.file = file, .now = [this] { return now; }})) << length;
        ASSERT_EQ(examine(file, {})->found, 0U) << length;
    }
}

TEST_F(AuditLog, HasOneWriter) {
    const auto first = open();
    ASSERT_TRUE(first);
    const auto second = open();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().reason, Reason::audit_unwritable);
    EXPECT_THAT(second.error().detail, EndsWith("another process is writing it"));
}

// Nothing is taken on a file that changed; opened anew, it goes on behind what is there and says so.
TEST_F(AuditLog, NoticesOthersInTheFileAndHeals) {
    auto log = open();
    ASSERT_TRUE(log->append(sample(now)));
    ASSERT_TRUE(log->ready());
    std::ofstream(file, std::ios::app) << "somebody's line\n";
    const auto done = log->append(sample(now));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().reason, Reason::audit_broken);
    EXPECT_FALSE(log->trouble());
    ASSERT_TRUE(log->ready());
    EXPECT_EQ(log->trouble(), Reason::audit_broken);
    EXPECT_TRUE(log->append(sample(now)));
    EXPECT_THAT(findings(), StartsWith("not_a_line 0, gap_noted 2"));
}

TEST_F(AuditLog, NoticesThatItWasReplacedAndHeals) {
    auto log = open();
    ASSERT_TRUE(log->append(sample(now)));
    std::filesystem::rename(file, folder / "old");
    EXPECT_EQ(log->append(sample(now)).error().reason, Reason::audit_broken);
    ASSERT_TRUE(log->ready());
    EXPECT_EQ(log->trouble(), Reason::audit_broken);
    EXPECT_THAT(text(), StartsWith(R"({"n":2,)")) << "no number is given twice";
    EXPECT_TRUE(log->append(sample(now)));
}

// A disk that fills up in the middle of a line, made with the limit on file sizes.
TEST_F(AuditLog, LeavesNoTraceOnAFullDisk) {
    auto log = open();
    ASSERT_TRUE(log->append(sample(now)));
    const std::string before = text();
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit tight{before.size() + 100, limit.rlim_max};
    const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &tight);
    const auto full = log->append(sample(now));
    setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, old_handler);

    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().reason, Reason::audit_unwritable);
    EXPECT_EQ(text(), before);
    EXPECT_TRUE(log->append(sample(now))); // somebody made room
    EXPECT_EQ(examine(file, {})->found, 0U);
}

TEST_F(AuditLog, SaysWhatItCannotWrite) {
    const auto refused = [](const std::filesystem::path& where) {
        return Log::open({.file = where}).error();
    };
    EXPECT_EQ(refused(folder / "no" / "file").reason, Reason::audit_unwritable);
    EXPECT_EQ(refused("/dev/full").reason, Reason::audit_unwritable);
    EXPECT_EQ(refused(folder).reason, Reason::audit_unwritable);
    std::filesystem::create_symlink(folder / "elsewhere", folder / "link");
    EXPECT_THAT(refused(folder / "link").detail, HasSubstr("symbolic link"));
    EXPECT_FALSE(std::filesystem::exists(folder / "elsewhere"));
    EXPECT_EQ(examine(folder / "nothing", {}).error().reason, Reason::audit_unwritable);
}

// By this process since it began, as the kernel counts them.
std::uint64_t bytes_read() {
    std::ifstream counts("/proc/self/io");
    std::string name;
    std::uint64_t bytes = 0;
    counts >> name >> bytes;
    EXPECT_EQ(name, "rchar:");
    return bytes;
}

// Years of records: a start reads the end only.
TEST_F(AuditLog, OpensALongRecordByItsEnd) {
    {
        Chain chain;
        std::ofstream out(file, std::ios::binary);
        const std::string members = "\"time\":1795000000,\"clock\":\"synchronised\"" + members_of(sample(0));
        for (int i = 0; i < 20'000; ++i) {
            const std::string line = chain.next_line(members);
            out << line;
            chain.go_on_behind(*take_apart({line.data(), line.size() - 1}));
        }
    }
    const auto before = bytes_read();
    const auto log = Log::open({.file = file});
    const auto read = bytes_read() - before;
    ASSERT_TRUE(log);
    EXPECT_EQ(log->next().sequence, 20'001U);
    EXPECT_LT(read, std::filesystem::file_size(file) / 20);
}

} // namespace
} // namespace kaomon::audit
