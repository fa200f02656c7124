// The record on a disk that fails: what was taken stays in the chain, and the chain closes.
#include "daemon/audit/examination.hpp"
#include "daemon/audit/log.hpp"
#include "tests/drivers/inject/disk.hpp"
#include "tests/drivers/inject/inject.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <random>

namespace kaomon::audit {
namespace {

using test::inject::Disk;
using test::inject::Failing;

Record record(std::uint64_t number) {
    Record made;
    made.session = std::to_string(number);
    made.decision = "verified";
    return made;
}

Result<Log> open(const Disk& disk) { // the records' clock stands still
    return Log::open({.file = disk.at("audit"), .now = [] { return std::int64_t{0}; }});
}

TEST(AuditLogFaults, NoRecordThatWasTakenIsLostAndTheChainCloses) {
    std::uint64_t taken = 0, refused = 0, torn = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        SCOPED_TRACE(seed);
        Disk disk(seed);
        std::mt19937_64 random(seed);
        std::vector<std::string> kept; // sessions
        for (unsigned life = 0; life < 4; ++life) {
            {
                const Failing failing(random(), 8);
                (void)open(disk); // a start that may fail changes nothing
            }
            disk.room.reset();
            {
                auto log = open(disk);
                ASSERT_TRUE(log) << log.error().detail;
                const Failing failing(random(), 8);
                if (random() % 2 == 0)
                    disk.end_power_after(static_cast<unsigned>(random() % 10));
                for (unsigned i = 0; i < 4; ++i) {
                    const std::uint64_t number = seed * 1'000 + life * 10 + i;
                    if (log->append(record(number))) {
                        kept.push_back("\"session\":\"" + std::to_string(number) + '"');
                        ASSERT_TRUE(disk.on_disk("audit", kept.back()));
                        ++taken;
                    } else {
                        ++refused;
                    }
                }
            }
            disk.room.reset();
            disk.start_again();
        }
        ASSERT_TRUE(open(disk));
        const auto report = examine(disk.at("audit"), {});
        ASSERT_TRUE(report) << report.error().detail;
        EXPECT_EQ(report->found, 0U);
        EXPECT_GE(report->last, kept.size());
        const std::string text = disk.text("audit");
        std::size_t at = 0;
        for (const auto& session : kept) {
            at = text.find(session, at);
            ASSERT_NE(at, text.npos) << session;
        }
        torn += text.contains("torn_line") ? 1 : 0;
    }
    std::cout << taken << " records taken, " << refused << " refused, torn lines in " << torn << " files\n";
    EXPECT_GT(taken, 500U);
    EXPECT_GT(refused, 500U);
    EXPECT_GT(torn, 20U);
}

TEST(AuditLogFaults, AfterAFailedSyncOnlyOpeningAgainHelps) {
    Disk disk;
    {
        auto log = open(disk);
        ASSERT_TRUE(log->append(record(1)));
        disk.script("fdatasync", {{.error = EIO}});
        EXPECT_EQ(log->append(record(2)).error().reason, Reason::audit_unwritable);
        EXPECT_FALSE(log->append(record(3)));
    }
    auto log = open(disk);
    ASSERT_TRUE(log) << log.error().detail;
    EXPECT_TRUE(log->append(record(4)));
    disk.start_again();
    EXPECT_EQ(examine(disk.at("audit"), {})->found, 0U) << "the chain closes on the disk, too";
}

TEST(AuditLogFaults, AFailedSyncHealsWithoutARestart) {
    Disk disk;
    auto log = open(disk);
    ASSERT_TRUE(log->append(record(1)));
    disk.script("fdatasync", {{.error = EIO}});
    EXPECT_FALSE(log->append(record(2)));
    ASSERT_TRUE(log->ready()) << "opened anew: what is read is what the disk has";
    EXPECT_FALSE(log->trouble()) << "whether that line is there or not";
    EXPECT_TRUE(log->append(record(3)));
    disk.start_again();
    EXPECT_EQ(examine(disk.at("audit"), {})->found, 0U);
}

// Room for the next records is kept beforehand: a disk that is full then says so before anything is begun.
TEST(AuditLogFaults, ReadyTellsAFullDisk) {
    Disk disk;
    auto log = open(disk);
    ASSERT_TRUE(log->append(record(1)));
    disk.room = 1000;
    const auto ready = log->ready();
    ASSERT_FALSE(ready);
    EXPECT_EQ(ready.error().reason, Reason::audit_unwritable);
    disk.room.reset();
    EXPECT_TRUE(log->ready());
    EXPECT_TRUE(log->append(record(2)));
}

} // namespace
} // namespace kaomon::audit
