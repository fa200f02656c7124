// The key file on a disk that fails: a key that was given out is the key for ever.
#include "daemon/result/key_file.hpp"
#include "tests/drivers/inject/disk.hpp"
#include "tests/drivers/inject/inject.hpp"

#include <gmock/gmock.h>

namespace kaomon::result {
namespace {

using test::inject::Disk;
using test::inject::Failing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* file = "key.pem";

void expect_same_after_a_power_cut(Disk& disk, const KeyHandle& key) {
    const auto before = public_key(key.get());
    disk.start_again();
    const auto again = load_or_create_key(disk.at(file));
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(public_key(again->get()), before);
}

TEST(KeyFileFaults, EachCallOnItsOwnLeavesTheKeyOrNothing) {
    for (std::uint64_t call = 1;; ++call) {
        bool all_done = false;
        for (unsigned kind = 0; kind < 4; ++kind) {
            Disk disk(call);
            disk.kind = kind;
            const auto failing = Failing::only(call);
            const auto key = load_or_create_key(disk.at(file));
            all_done = test::inject::failures() == 0;
            SCOPED_TRACE(std::string(test::inject::last_failed()) + " fails, kind " + std::to_string(kind));
            const test::inject::Paused paused;
            if (key) {
                EXPECT_THAT(disk.names(), ElementsAre(file));
                expect_same_after_a_power_cut(disk, *key);
            } else {
                EXPECT_EQ(key.error().reason, Reason::key_unreadable);
                EXPECT_THAT(disk.names(), ::testing::AnyOf(IsEmpty(), ElementsAre(file)));
            }
        }
        if (all_done) {
            EXPECT_GT(call, 5U);
            break;
        }
    }
}

TEST(KeyFileFaults, OnceGivenOutItOutlivesAPowerCut) {
    unsigned given_out = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        SCOPED_TRACE(seed);
        Disk disk(seed);
        disk.end_power_after(static_cast<unsigned>(seed % 12));
        const auto key = load_or_create_key(disk.at(file));
        if (key) {
            ++given_out;
            expect_same_after_a_power_cut(disk, *key);
        } else {
            disk.start_again();
            EXPECT_TRUE(load_or_create_key(disk.at(file)));
        }
    }
    EXPECT_GT(given_out, 20U);
}

} // namespace
} // namespace kaomon::result
