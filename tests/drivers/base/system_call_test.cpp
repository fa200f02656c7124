#include "drivers/base/system_call.hpp"
#include "drivers/base/unique_fd.hpp"
#include "tests/drivers/inject/disk.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

namespace kaomon {
namespace {

using test::inject::Disk;

class WriteAll : public ::testing::Test {
  protected:
    bool write(std::string_view text) const { return write_all(file.get(), text.data(), text.size()); }
    Disk disk;
    UniqueFd file{::open(disk.at("file").c_str(), O_WRONLY | O_CREAT, 0600)};
};

TEST_F(WriteAll, GoesOnAfterASignalAndAfterAPart) {
    disk.script("write",
                {{.error = EINTR}, {.taken = 2}, {.error = EINTR}, {.error = EINTR}, {.taken = 1}, {}});
    EXPECT_TRUE(write("abcdefgh"));
    EXPECT_EQ(disk.text("file"), "abcdefgh");
    EXPECT_TRUE(write(""));
}

TEST_F(WriteAll, SaysWhatStoppedIt) {
    disk.script("write", {{.taken = 3}, {.error = ENOSPC}});
    EXPECT_FALSE(write("abcdefgh"));
    EXPECT_EQ(errno, ENOSPC);
    EXPECT_EQ(disk.text("file"), "abc") << "what to do about that is the caller's";
}

TEST_F(WriteAll, OfNothingTakenIsNoEndlessLoop) {
    disk.script("write", {{.taken = 0}});
    EXPECT_FALSE(write("abc"));
    EXPECT_EQ(errno, EIO);
}

} // namespace
} // namespace kaomon
