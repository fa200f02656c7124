// The record on a disk that fails: what was taken stays in the chain, and the chain closes.
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
                (void)Log::open(disk.at("audit")); // a start that may fail changes nothing
            }
            disk.room.reset();
            {
                auto log = Log::open(disk.at("audit"));
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
        ASSERT_TRUE(Log::open(disk.at("audit")));
        const auto counted = verify(disk.at("audit"));
        ASSERT_TRUE(counted) << counted.error().detail;
        EXPECT_GE(*counted, kept.size());
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
        auto log = Log::open(disk.at("audit"));
        ASSERT_TRUE(log->append(record(1)));
        disk.script("fdatasync", {{.error = EIO}});
        EXPECT_EQ(log->append(record(2)).error().reason, Reason::audit_unwritable);
        EXPECT_FALSE(log->append(record(3)));
    }
    auto log = Log::open(disk.at("audit"));
    ASSERT_TRUE(log) << log.error().detail;
    EXPECT_TRUE(log->append(record(4)));
    disk.start_again();
    EXPECT_TRUE(verify(disk.at("audit"))) << "the chain closes on the disk, too";
}

} // namespace
} // namespace kaomon::audit
