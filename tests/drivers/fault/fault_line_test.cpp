#include "drivers/fault/fault_line.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

namespace kaomon::fault {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FaultLineTest : public ::testing::Test {
  protected:
    FaultLineTest() {
        std::string folder = std::filesystem::temp_directory_path() / "kaomon-fault-XXXXXX";
        folder_ = mkdtemp(folder.data());
        path_ = folder_ / "fault";
    }
    ~FaultLineTest() override { std::filesystem::remove_all(folder_); }

    void say(std::string_view text) const {
        const UniqueFd writer(::open(path_.c_str(), O_WRONLY | O_NONBLOCK));
        ASSERT_TRUE(writer);
        ASSERT_EQ(::write(writer.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
    }

    std::filesystem::path folder_, path_;
};

TEST_F(FaultLineTest, MakesAPrivateFifoAndReadsCompleteLinesOnly) {
    auto line = FaultLine::open(path_);
    ASSERT_TRUE(line) << line.error().detail;
    struct stat status{};
    ASSERT_EQ(stat(path_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode, static_cast<mode_t>(S_IFIFO | 0600));
    EXPECT_THAT(line->take(), IsEmpty()); // and does not block

    say("pull\nslow 20 after 3\nins");
    pollfd waiting{line->descriptor(), POLLIN, 0};
    EXPECT_EQ(poll(&waiting, 1, 0), 1);
    EXPECT_THAT(line->take(), ElementsAre(Fault{Verb::pull, {}, 0}, Fault{Verb::slow, 20, 3}));
    EXPECT_EQ(poll(&waiting, 1, 0), 0) << "a gone writer is no end of file";
    say("ert\n");
    EXPECT_THAT(line->take(), ElementsAre(Fault{Verb::insert, {}, 0}));
}

TEST_F(FaultLineTest, RubbishIsLeftOutAndTheNextLineCounts) {
    auto line = FaultLine::open(path_);
    ASSERT_TRUE(line);
    say(std::string(3000, 'x'));
    say("\n# a remark\n\nexplode\nmute\n");
    EXPECT_THAT(line->take(), ElementsAre(Fault{Verb::mute, {}, 0}));
}

TEST_F(FaultLineTest, OpensAnOldFifoButNothingElse) {
    ASSERT_TRUE(FaultLine::open(path_));
    EXPECT_TRUE(FaultLine::open(path_));
    std::ofstream(folder_ / "file") << "pull\n";
    const auto file = FaultLine::open(folder_ / "file");
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().reason, Reason::config_invalid);
    EXPECT_FALSE(FaultLine::open(folder_ / "no" / "such" / "folder"));
}

} // namespace
} // namespace kaomon::fault
