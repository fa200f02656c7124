#include "drivers/base/text_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>

namespace kaomon {
namespace {

namespace fs = std::filesystem;

class TextFile : public ::testing::Test {
  protected:
    fs::path file =
        fs::path(::testing::TempDir()) /
        ("text_file_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    void SetUp() override { fs::remove(file); }
    void TearDown() override { fs::remove(file); }
    void write(const std::string& text) const { std::ofstream(file, std::ios::binary) << text; }
};

TEST_F(TextFile, IsReadWhole) {
    write("one\ntwo");
    EXPECT_EQ(read_text_file(file, 7), "one\ntwo");
    write("");
    EXPECT_EQ(read_text_file(file, 7), "");
}

TEST_F(TextFile, OfMoreThanIsAcceptedGivesOneByteMore) {
    write("12345678");
    EXPECT_EQ(read_text_file(file, 4), "12345");
}

TEST_F(TextFile, ThatIsNoneIsItsErrno) {
    EXPECT_EQ(read_text_file(file, 4).error(), ENOENT);
    EXPECT_EQ(read_text_file(file.parent_path(), 4).error(), EISDIR);
}

TEST_F(TextFile, AFifoWithoutAWriterIsNotWaitedFor) {
    ASSERT_EQ(mkfifo(file.c_str(), 0600), 0);
    EXPECT_EQ(read_text_file(file, 4), "");
}

} // namespace
} // namespace kaomon
