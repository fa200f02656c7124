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

Result<SecretBytes> make_and_load(const Disk& disk) {
    if (const auto made = create_seed(disk.at(file)); !made)
        return std::unexpected(made.error());
    return load_seed(disk.at(file));
}

void expect_same_after_a_power_cut(Disk& disk, const SecretBytes& seed) {
    disk.start_again();
    const auto again = load_seed(disk.at(file));
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(*again, seed);
}

TEST(KeyFileFaults, EachCallOnItsOwnLeavesTheKeyOrNothing) {
    for (std::uint64_t call = 1;; ++call) {
        bool all_done = false;
        for (unsigned kind = 0; kind < 4; ++kind) {
            Disk disk(call);
            disk.kind = kind;
            const auto failing = Failing::only(call);
            const auto key = make_and_load(disk);
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
        const auto key = make_and_load(disk);
        if (key) {
            ++given_out;
            expect_same_after_a_power_cut(disk, *key);
        } else {
            disk.start_again();
            EXPECT_TRUE(make_and_load(disk));
        }
    }
    EXPECT_GT(given_out, 20U);
}

} // namespace
} // namespace kaomon::result
