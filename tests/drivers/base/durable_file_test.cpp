#include "drivers/base/durable_file.hpp"
#include "tests/drivers/inject/disk.hpp"
#include "tests/drivers/inject/inject.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

namespace kaomon {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;
using namespace test::inject;

constexpr auto reason = Reason::key_unreadable; // any

mode_t mode_of(const std::filesystem::path& file) {
    struct stat found{};
    return stat(file.c_str(), &found) == 0 ? found.st_mode & 07777U : 0;
}

Result<void> replace(const Disk& disk, std::string_view text, Placing placing = {}) {
    return replace_file(disk.at("file"), text, reason, placing);
}
Result<bool> create(const Disk& disk, std::string_view text) {
    return create_file(disk.at("file"), text, reason);
}

TEST(DurableFile, IsReplacedWhole) {
    Disk disk;
    ASSERT_TRUE(replace(disk, "first"));
    ASSERT_TRUE(replace(disk, "second, longer"));
    EXPECT_EQ(disk.text("file"), "second, longer");
    EXPECT_TRUE(disk.on_disk("file", "second, longer"));
    EXPECT_THAT(disk.names(), ElementsAre("file"));
    EXPECT_EQ(mode_of(disk.at("file")), 0600U);
}

TEST(DurableFile, HasTheModeItIsGivenLessTheUmask) {
    Disk disk;
    const mode_t before = umask(027);
    EXPECT_TRUE(replace(disk, "text", {.mode = 0644}));
    umask(before);
    EXPECT_EQ(mode_of(disk.at("file")), 0640U);
}

TEST(DurableFile, StaysReadableForWhomItWas) {
    Disk disk;
    const mode_t before = umask(077);
    EXPECT_TRUE(replace(disk, "text", {.mode = 0644, .as_before = true})); // there is none yet
    EXPECT_EQ(mode_of(disk.at("file")), 0600U);
    ASSERT_EQ(chmod(disk.at("file").c_str(), 0644), 0);
    EXPECT_TRUE(replace(disk, "other", {.as_before = true}));
    umask(before);
    EXPECT_EQ(mode_of(disk.at("file")), 0644U);
    EXPECT_EQ(disk.text("file"), "other");
}

TEST(DurableFile, IsCreatedOnce) {
    Disk disk;
    EXPECT_EQ(create(disk, "mine").value(), true);
    EXPECT_EQ(create(disk, "theirs").value(), false);
    EXPECT_EQ(disk.text("file"), "mine");
    EXPECT_TRUE(disk.on_disk("file", "mine"));
    EXPECT_THAT(disk.names(), ElementsAre("file"));
}

TEST(DurableFile, SaysWhatItCannotDoInTheCallersWord) {
    Disk disk;
    const auto nowhere = replace_file(disk.at("no") / "file", {}, Reason::config_invalid);
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().reason, Reason::config_invalid);
    EXPECT_EQ(nowhere.error().detail, disk.at("no").string() + "/file: No such file or directory");
    disk.script("write", {{.taken = 1}, {.error = ENOSPC}});
    EXPECT_THAT(create(disk, "text").error().detail, EndsWith("file: No space left on device"));
    std::filesystem::create_directory(disk.at("file"));
    EXPECT_EQ(replace(disk, "text").error().reason, reason);
}

TEST(DurableFile, IsNotStoppedByWhatAKilledProcessLeft) {
    Disk disk;
    disk.script("open", {{.error = EEXIST}, {.error = EEXIST}});
    EXPECT_TRUE(replace(disk, "text"));
}

TEST(DurableFile, OnAFileSystemThatSyncsNoFolderIsWrittenAllTheSame) {
    Disk disk;
    disk.script("fsync", {{}, {.error = EINVAL}});
    EXPECT_TRUE(replace(disk, "text"));
}

// Each call on its own, in each way: after a failure the old one is there, or the new one where only the
// folder could not be synced; and nothing lies beside.
TEST(DurableFile, IsTheOldOrTheNewOneWhateverFails) {
    for (std::uint64_t call = 1;; ++call) {
        bool all_done = false;
        for (unsigned kind = 0; kind < 4; ++kind) {
            Disk disk(call);
            disk.kind = kind;
            disk.put("file", "old");
            const auto failing = Failing::only(call);
            const auto replaced = replace(disk, "the new one");
            all_done = failures() == 0;
            SCOPED_TRACE(std::string(last_failed()) + " fails, kind " + std::to_string(kind));
            EXPECT_THAT(disk.names(), ElementsAre("file"));
            EXPECT_THAT(disk.text("file"), AnyOf("old", "the new one"));
            if (replaced) {
                EXPECT_TRUE(disk.on_disk("file", "the new one"));
            }
            disk.start_again();
            EXPECT_THAT(disk.text("file"), AnyOf("old", "the new one"));
        }
        if (all_done) {
            EXPECT_GT(call, 5U) << "open, write, fsync, renameat2, open, fsync";
            break;
        }
    }
}

TEST(DurableFile, OfWhichTheMakingFailsIsNotThere) {
    for (std::uint64_t call = 1;; ++call) {
        bool all_done = false;
        for (unsigned kind = 0; kind < 4; ++kind) {
            Disk disk(call);
            disk.kind = kind;
            const auto failing = Failing::only(call);
            const auto created = create(disk, "text");
            all_done = failures() == 0;
            SCOPED_TRACE(std::string(last_failed()) + " fails, kind " + std::to_string(kind));
            if (created) {
                EXPECT_TRUE(disk.on_disk("file", "text"));
            } else {
                EXPECT_THAT(disk.names(), IsEmpty());
            }
        }
        if (all_done)
            break;
    }
}

// The power ends in each of the calls, and what had not been synced is there, lost or torn as it comes.
TEST(DurableFile, IsTheOldOrTheNewOneAfterAPowerCut) {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        Disk disk(seed);
        disk.put("file", "old");
        disk.end_power_after(static_cast<unsigned>(seed % 8));
        const auto replaced = replace(disk, "the new one");
        disk.start_again();
        SCOPED_TRACE(seed);
        EXPECT_THAT(disk.text("file"), AnyOf("old", "the new one"));
        if (replaced) {
            EXPECT_EQ(disk.text("file"), "the new one");
        }
    }
}

} // namespace
} // namespace kaomon
