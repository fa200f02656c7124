// kaomonctl metrics, as the timer of the package calls it.
#include "tests/tools/kaomonctl/ctl.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

namespace kaomon {
namespace {

using testing::ctl;
using ::testing::HasSubstr;

std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

TEST(MetricsCommand, TellsWhatTheDaemonCounted) {
    const testing::SigningDesk desk;
    const auto ended = ctl(desk, {"metrics"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("kaomon_up{socket=\"" + desk.path().string() + "\"} 1\n"));
    EXPECT_THAT(ended.out, HasSubstr("\nkaomon_sessions_total 0\n"));
}

// Whoever collects it is another user.
TEST(MetricsCommand, AFileIsReplacedAndReadableForAll) {
    const testing::SigningDesk desk;
    const auto file = desk.folder() / "kaomon.prom";
    std::ofstream(file) << "old";
    EXPECT_EQ(ctl(desk, {"metrics", "--file", file.string()}).code, 0);
    EXPECT_THAT(text_of(file), HasSubstr("kaomon_sessions_total 0\n"));
    struct stat found{};
    ASSERT_EQ(stat(file.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777U, 0644U);
}

TEST(MetricsCommand, ADaemonThatIsGoneIsWrittenToo) {
    const testing::SigningDesk desk;
    const auto file = desk.folder() / "kaomon.prom";
    const auto ended = testing::run_program(
        {KAOMON_BINARY_DIR "/bin/kaomonctl", "--socket", "/nowhere/kaomon.sock", "metrics", "--file", file});
    EXPECT_EQ(ended.code, 4);
    EXPECT_THAT(text_of(file), HasSubstr("\nkaomon_up{socket=\"/nowhere/kaomon.sock\"} 0\n"));
}

TEST(MetricsCommand, SaysWhereItCannotWrite) {
    const testing::SigningDesk desk;
    const auto ended = ctl(desk, {"metrics", "--file", "/nowhere/kaomon.prom"});
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.err, HasSubstr("/nowhere/kaomon.prom"));
}

} // namespace
} // namespace kaomon
