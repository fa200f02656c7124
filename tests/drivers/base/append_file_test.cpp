#include "drivers/base/append_file.hpp"
#include "drivers/base/text_file.hpp"
#include "tests/drivers/inject/disk.hpp"
#include "tests/drivers/inject/inject.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <iostream>
#include <random>
#include <set>
#include <sstream>

namespace kaomon {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using namespace test::inject;

constexpr AppendFile::Reasons reasons{Reason::audit_unwritable, Reason::audit_broken}; // any two

class Appending : public ::testing::Test {
  protected:
    Result<AppendFile> open() { return AppendFile::open(disk.at("file"), reasons); }
    std::string why(const Result<void>& done) { return done ? "done" : done.error().detail; }
    Disk disk;
};

TEST_F(Appending, IsMadeForItsOwnerAndGoesOn) {
    {
        auto file = open();
        ASSERT_TRUE(file) << file.error().detail;
        EXPECT_EQ(file->size(), 0U);
        EXPECT_TRUE(disk.on_disk("file", "")) << "its name, too";
        ASSERT_TRUE(file->append("one\n"));
        EXPECT_TRUE(disk.on_disk("file", "one\n"));
    }
    auto again = open();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->size(), 4U);
    EXPECT_EQ(read_text(again->descriptor(), 10), "one\n");
    ASSERT_TRUE(again->append("two\n"));
    EXPECT_EQ(disk.text("file"), "one\ntwo\n");
    struct stat found{};
    ASSERT_EQ(stat(disk.at("file").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777U, 0600U);
}

TEST_F(Appending, HasOneWriter) {
    const auto first = open();
    ASSERT_TRUE(first);
    const auto second = open();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().reason, Reason::audit_unwritable);
    EXPECT_THAT(second.error().detail, EndsWith("another process is writing it"));
}

TEST_F(Appending, OpensPlainFilesOnly) {
    std::filesystem::create_symlink("elsewhere", disk.at("link"));
    EXPECT_THAT(AppendFile::open(disk.at("link"), reasons).error().detail, EndsWith("is a symbolic link"));
    EXPECT_FALSE(std::filesystem::exists(disk.at("elsewhere")));
    EXPECT_THAT(AppendFile::open("/dev/full", reasons).error().detail, EndsWith("not a regular file"));
    EXPECT_THAT(AppendFile::open(disk.at("no") / "file", reasons).error().detail,
                EndsWith("No such file or directory"));
}

TEST_F(Appending, WhatDoesNotFitLeavesNoTraceAndTheNextOneDoes) {
    auto file = open();
    ASSERT_TRUE(file->append("one\n"));
    disk.room = 5;
    EXPECT_THAT(why(file->append("a long line\n")), EndsWith("file: No space left on device"));
    EXPECT_EQ(disk.text("file"), "one\n");
    EXPECT_TRUE(file->append("two\n")) << "that fits";
    EXPECT_EQ(file->append("three\n").error().reason, Reason::audit_unwritable);
    disk.room.reset();
    EXPECT_TRUE(file->append("four\n"));
    EXPECT_EQ(disk.text("file"), "one\ntwo\nfour\n");
    EXPECT_TRUE(disk.on_disk("file", "one\ntwo\nfour\n"));
}

TEST_F(Appending, SignalsAndShortWritesAreNothing) {
    auto file = open();
    disk.script("write", {{.error = EINTR}, {.taken = 1}, {.error = EINTR}, {.taken = 1}});
    disk.script("fdatasync", {{.error = EINTR}, {.error = EINTR}});
    EXPECT_TRUE(file->append("one\n"));
    disk.script("write", {{.taken = 1}, {.error = EIO}});
    disk.script("ftruncate", {{.error = EINTR}});
    EXPECT_FALSE(file->append("two\n"));
    EXPECT_EQ(disk.text("file"), "one\n");
}

TEST_F(Appending, WhereTheLineCannotBeTakenBackNothingGoesBehindIt) {
    auto file = open();
    ASSERT_TRUE(file->append("one\n"));
    disk.script("write", {{.taken = 2}, {.error = ENOSPC}});
    disk.script("ftruncate", {{.error = EIO}});
    EXPECT_THAT(why(file->append("two\n")), EndsWith("No space left on device"));
    EXPECT_THAT(why(file->append("three\n")), EndsWith("Input/output error")) << "why not, told every time";
    EXPECT_FALSE(file->cut_to(4));
    EXPECT_EQ(disk.text("file"), "one\ntw") << "whoever opens it sees half a line";
    file = AppendFile::open("/dev/null", reasons); // let go
    file = open();
    ASSERT_TRUE(file);
    EXPECT_EQ(file->size(), 6U);
    ASSERT_TRUE(file->cut_to(4));
    EXPECT_TRUE(file->append("four\n"));
    EXPECT_TRUE(disk.on_disk("file", "one\nfour\n"));
}

TEST_F(Appending, AfterAFailedSyncNothingIsTakenUntilItIsOpenedAgain) {
    {
        auto file = open();
        ASSERT_TRUE(file->append("one\n"));
        disk.script("fdatasync", {{.error = EIO}});
        EXPECT_THAT(why(file->append("two\n")), EndsWith("Input/output error"));
        EXPECT_THAT(why(file->append("three\n")), EndsWith("Input/output error"))
            << "a second sync would say yes to pages that were dropped";
    }
    auto again = open();
    ASSERT_TRUE(again);
    const std::string read = read_text(again->descriptor(), 100).value();
    EXPECT_TRUE(disk.on_disk("file", read)) << "what is read is what the disk holds";
    EXPECT_TRUE(again->append("four\n"));
    EXPECT_TRUE(disk.on_disk("file", read + "four\n"));
}

TEST_F(Appending, IsNotOpenedWhereItCannotBeSynced) {
    disk.script("fsync", {{.error = EIO}});
    EXPECT_EQ(open().error().reason, Reason::audit_unwritable);
    disk.script("fsync", {{}, {.error = EIO}});
    EXPECT_FALSE(open()) << "its name may not outlive a power cut";
    EXPECT_TRUE(open());
}

TEST_F(Appending, NoticesThatSomebodyElseHadTheFile) {
    auto file = open();
    ASSERT_TRUE(file->append("one\n"));
    std::ofstream(disk.at("file"), std::ios::app) << "theirs\n";
    const auto grown = file->append("two\n");
    ASSERT_FALSE(grown);
    EXPECT_EQ(grown.error().reason, Reason::audit_broken);
    EXPECT_EQ(disk.text("file"), "one\ntheirs\n");

    file = AppendFile::open(disk.at("other"), reasons);
    std::filesystem::rename(disk.at("other"), disk.at("aside"));
    EXPECT_THAT(why(file->append("two\n")), HasSubstr("moved or replaced"));
    std::filesystem::rename(disk.at("aside"), disk.at("other"));
    EXPECT_FALSE(file->append("two\n")) << "once is enough";
}

TEST_F(Appending, WithoutSyncsIsRolledBackAllTheSame) {
    auto file = AppendFile::open(disk.at("file"), reasons, Synced::no);
    ASSERT_TRUE(file);
    disk.room = 2;
    EXPECT_FALSE(file->append("one\n"));
    disk.room.reset();
    EXPECT_TRUE(file->append("two\n"));
    EXPECT_EQ(disk.text("file"), "two\n");
    EXPECT_FALSE(disk.on_disk("file", "two\n"));
}

// Faults and power cuts as they come, over many lives: what was taken is there, in order; what was refused is
// not there, or whole, or half a line at the end. (Zeros in a line: one write of several came to the disk.)
TEST(AppendFileLives, WhatWasTakenStays) {
    std::uint64_t taken = 0, refused = 0, cuts = 0, torn_ends = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(seed);
        Disk disk(seed);
        std::mt19937_64 random(seed);
        std::vector<std::string> kept; // lines that must be there
        std::set<std::string> tried;   // that may
        for (unsigned life = 0; life < 4; ++life) {
            {
                auto file = AppendFile::open(disk.at("file"), reasons);
                ASSERT_TRUE(file) << "nothing fails";
                const std::string text = read_text(file->descriptor(), 1 << 20).value();
                torn_ends += text.empty() || text.ends_with('\n') ? 0 : 1;
                std::size_t at = 0;
                for (const auto& line : kept) {
                    const auto found = text.find(line, at);
                    ASSERT_NE(found, text.npos) << line << "is lost from:\n" << text;
                    at = found + line.size();
                }
                std::istringstream whole(text.substr(0, text.rfind('\n') + 1));
                for (std::string line; std::getline(whole, line);)
                    ASSERT_TRUE(tried.contains(line + '\n') || line.contains('\0')) << line;
                ASSERT_TRUE(file->cut_to(text.rfind('\n') + 1));
                const Failing failing(random(), 6);
                if (random() % 2 == 0)
                    disk.end_power_after(static_cast<unsigned>(random() % 12));
                for (unsigned i = 0; i < 6; ++i) {
                    const std::string line = std::to_string(seed * 1'000 + life * 10 + i) + "\n";
                    tried.insert(line);
                    if (random() % 4 == 0)
                        disk.room.reset(); // somebody made room
                    if (file->append(line)) {
                        kept.push_back(line);
                        ++taken;
                        ASSERT_TRUE(disk.on_disk("file", line));
                    } else {
                        ++refused;
                    }
                }
            }
            disk.room.reset();
            if (disk.has_power() && random() % 2 == 0) {
                disk.keep_power();
            } else {
                disk.start_again();
                ++cuts;
            }
        }
    }
    std::cout << taken << " lines taken, " << refused << " refused, " << cuts << " power cuts, " << torn_ends
              << " torn ends\n";
    EXPECT_GT(taken, 1'000U);
    EXPECT_GT(refused, 1'000U);
    EXPECT_GT(torn_ends, 20U);
}

} // namespace
} // namespace kaomon
