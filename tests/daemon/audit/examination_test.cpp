// What is found in a record that was spoiled, by which record it is named, and what a start says.
#include "tests/daemon/audit/samples.hpp"

namespace kaomon::audit {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Examine : RecordTest {
    // A daemon starts on what is there: what it says.
    std::optional<Reason> start() {
        auto log = open();
        EXPECT_TRUE(log) << log.error().detail;
        EXPECT_TRUE(log->sign_head());
        return log->trouble();
    }
    // n records, then the lines as they are on the disk: each start adds a head of its own.
    std::vector<std::string> good(int records) {
        write(records);
        return lines();
    }
    std::string put_back_head() const { return text_of(head_file_of(file)); }
};

TEST_F(Examine, ASoundRecordHasNoFindings) {
    write(5);
    write(2);
    const auto report = examined();
    EXPECT_EQ(report.found, 0U) << findings();
    EXPECT_EQ(report.first, 1U);
    EXPECT_EQ(report.verifications, 7U);
    EXPECT_EQ(report.lines, report.last);
    EXPECT_EQ(report.heads, 2U);
    EXPECT_FALSE(start());
}

TEST_F(Examine, CutAtItsEnd) {
    auto found = good(5);
    found.resize(found.size() - 2);
    overwrite(found);
    const auto last = found.size();
    EXPECT_EQ(findings(), "cut_at_end " + std::to_string(last + 1) + ".." + std::to_string(last + 2));
    EXPECT_EQ(start(), Reason::audit_broken) << "said at the start";
    EXPECT_EQ(findings(), "gap_noted " + std::to_string(last + 3)) << "and on record ever after";
    EXPECT_THAT(text(), HasSubstr(R"("event":"gap","why":"cut_at_end","end":4,"head":6)"));
    write(1);
    EXPECT_EQ(findings(), "gap_noted " + std::to_string(last + 3));
}

TEST_F(Examine, GoneAltogether) {
    write(3);
    std::filesystem::remove(file);
    EXPECT_EQ(findings(), "cut_at_end 1..4");
    EXPECT_EQ(start(), Reason::audit_broken);
    EXPECT_THAT(text(), StartsWith(R"({"n":5,)")) << "no number is given twice: results name them";
}

TEST_F(Examine, GoneWithItsHead) {
    write(3);
    std::filesystem::remove(file);
    std::filesystem::remove(head_file_of(file));
    auto again = settings();
    again.began_before = true; // the key tells
    const auto log = Log::open(again);
    ASSERT_TRUE(log);
    EXPECT_EQ(log->trouble(), Reason::audit_head_missing);
    EXPECT_THAT(log->trouble_detail(), HasSubstr("this device ran before"));
}

TEST_F(Examine, WithoutAHead) {
    write(3);
    std::filesystem::remove(head_file_of(file));
    EXPECT_EQ(findings(), "head_missing 4");
    EXPECT_EQ(start(), Reason::audit_head_missing);
    std::ofstream(head_file_of(file)) << "eyJ.eyJ.AAAA\n";
    EXPECT_THAT(findings(), HasSubstr("head_unreadable 0"));
    EXPECT_EQ(start(), Reason::audit_broken);
}

TEST_F(Examine, AnotherDevicesHeadIsNone) {
    write(3);
    const auto other = result::SigningKey::load_or_create(folder / "other.pem").value();
    const auto report = examined();
    std::ofstream(head_file_of(file)) << other.sign(head_type, to_json({report.last, report.last_hash, now}));
    EXPECT_EQ(findings(), "head_unreadable 0");
}

// Anew by the same program, with other content and without the key: the chain closes, the head knows better.
TEST_F(Examine, RewrittenWhole) {
    write(3);
    const std::string head = put_back_head();
    std::filesystem::remove(file);
    {
        auto log = Log::open({.file = file, .clock = [] { return ClockState::synchronised; }});
        for (int i = 0; i < 4; ++i)
            ASSERT_TRUE(log->append(sample(now)));
    }
    EXPECT_EQ(put_back_head(), head);
    EXPECT_EQ(findings(), "rewritten 4");
    EXPECT_EQ(start(), Reason::audit_broken);
}

// Root has the key and signs what he writes: only what was kept elsewhere tells.
TEST_F(Examine, RewrittenByWhoHasTheKeyIsFoundByWhatIsKeptElsewhere) {
    write(3);
    const Head kept = *examined().head;
    const auto old_line = lines()[2];
    const auto parts = take_apart(old_line);
    const StoredResult result{parts->number, std::string(parts->previous), std::string(64, 'e')};
    EXPECT_EQ(findings({.heads = {kept}, .results = {result}}), "");
    EXPECT_EQ(examined({.results = {result}}).results, 1U);

    std::filesystem::remove(file);
    std::filesystem::remove(head_file_of(file));
    now += 1;
    write(4);
    EXPECT_EQ(findings(), "") << "this is what no signature on this machine can show";
    EXPECT_EQ(findings({.heads = {kept}}), "rewritten 4");
    EXPECT_EQ(findings({.results = {result}}), "result_differs 3");
    EXPECT_EQ(findings({.results = {{99, result.previous, result.sha256}}}), "result_missing 99");
    EXPECT_EQ(findings({.heads = {{99, kept.hash, now}}}), "cut_at_end 6..99");
}

// Record and head put back together to an earlier state: the same limit.
TEST_F(Examine, PutBackToAnEarlierStateIsFoundByWhatIsKeptElsewhere) {
    write(2);
    const std::string earlier = text(), earlier_head = put_back_head();
    write(3);
    const Head kept = *examined().head;
    overwrite(earlier);
    std::ofstream(head_file_of(file)) << earlier_head;
    EXPECT_EQ(findings(), "");
    EXPECT_THAT(findings({.heads = {kept}}), StartsWith("cut_at_end "));
}

TEST_F(Examine, ChangedRemovedAddedAndReorderedLines) {
    const auto good_lines = good(5); // 1 record, 2 head, 3..6 records
    overwrite(std::vector(good_lines.begin() + 1, good_lines.end()));
    EXPECT_EQ(findings(), "begins_later 2");
    auto cut = good_lines;
    cut.erase(cut.begin() + 2, cut.begin() + 4);
    overwrite(cut);
    EXPECT_EQ(findings(), "records_missing 3..4");
}

TEST_F(Examine, ReorderedLines) {
    auto swapped = good(5);
    std::swap(swapped[3], swapped[4]);
    overwrite(swapped);
    EXPECT_THAT(findings(), StartsWith("records_missing 4..4"));
    EXPECT_THAT(findings(), HasSubstr("out_of_order 4"));
}

TEST_F(Examine, AStrangeLine) {
    auto strange = good(5);
    strange.insert(strange.begin() + 3, "hello");
    overwrite(strange);
    EXPECT_EQ(findings(), "not_a_line 0");
    EXPECT_EQ(examined().findings[0].line, 4U);
    EXPECT_EQ(examined().findings[0].file, "audit.jsonl");
    strange[3] = std::string(20'000, 'x');
    overwrite(strange);
    EXPECT_EQ(findings(), "not_a_line 0");
}

TEST_F(Examine, ALineOfAnotherRecord) {
    const auto ours = good(4);
    std::filesystem::remove(file);
    std::filesystem::remove(head_file_of(file));
    now += 7;
    auto theirs = good(4);
    theirs[3] = ours[3];
    overwrite(theirs);
    EXPECT_EQ(findings(), "does_not_follow 4, clock_back 4, does_not_follow 5");
}

TEST_F(Examine, EveryChangedByte) {
    write(3);
    const std::string whole = text();
    for (std::size_t i = 0; i < whole.size(); i += 3) {
        std::string changed = whole;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        overwrite(changed);
        ASSERT_NE(findings(), "") << i;
    }
}

TEST_F(Examine, AHeadWithinThatIsAnothersIsNone) {
    auto found = good(3);
    const std::string members =
        "\"time\":1795000001,\"clock\":\"synchronised\"" +
        members_of(Event{0, "head", {{"head", key->sign(head_type, to_json({1, std::string(64, 'a'), 1}))}}});
    const auto last = *take_apart(found.back());
    const std::string line = Chain(last.number, last.hash).next_line(members);
    std::ofstream(file, std::ios::app) << line;
    EXPECT_THAT(findings(), HasSubstr("inner_head_wrong 5"));
}

TEST_F(Examine, TellsTheFirstHundredAndCountsAll) {
    {
        std::ofstream out(file);
        for (int i = 0; i < 1000; ++i)
            out << "x\n";
    }
    const auto report = examined();
    EXPECT_EQ(report.findings.size(), 100U);
    EXPECT_EQ(report.found, 1000U);
}

TEST_F(Examine, ADamagedEndIsSaidAtTheStartAndKept) {
    write(3);
    std::ofstream(file, std::ios::app) << "not a line of ours\n";
    EXPECT_EQ(start(), Reason::audit_broken);
    EXPECT_THAT(text(), HasSubstr("not a line of ours\n{\"n\":5,")) << "the desk is not taken away by a byte";
    EXPECT_EQ(findings(), "not_a_line 0, gap_noted 5");
    EXPECT_FALSE(start()) << "noted once";
    const auto last = examined().last;
    std::ofstream(file, std::ios::app) << std::string(100'000, 'y');
    EXPECT_EQ(start(), Reason::audit_broken);
    EXPECT_THAT(text(), HasSubstr("yyy\n{\"n\":" + std::to_string(last + 1) + ','));
}

TEST_F(Examine, AHeadThatWasPutBackIsSaid) {
    write(1);
    const std::string head = put_back_head();
    write(9);
    std::ofstream(head_file_of(file)) << head;
    EXPECT_EQ(start(), Reason::audit_broken);
    EXPECT_THAT(text(), HasSubstr(R"("why":"head_behind")"));
}

// The power goes after the record and before its head: nothing is wrong.
TEST_F(Examine, ARecordOrTwoBehindTheHeadAreAPowerCut) {
    write(2);
    {
        auto log = open();
        ASSERT_TRUE(log->append(Event{now, "start", {}}));
        ASSERT_TRUE(log->append(sample(now)));
    }
    EXPECT_EQ(findings(), "");
    EXPECT_FALSE(start());
}

TEST(HeadText, IsReadInItsOwnFormOnly) {
    const Head head{7, std::string(64, 'a'), 1'795'000'000};
    EXPECT_EQ(head_from_json(to_json(head)), head);
    for (const std::string& wrong :
         {std::string(), std::string("{}"), to_json(head) + " ", " " + to_json(head),
          to_json({0, head.hash, 1}), to_json({1, "short", 1})})
        EXPECT_FALSE(head_from_json(wrong)) << wrong;
}

} // namespace
} // namespace kaomon::audit
