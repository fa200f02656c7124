#include "tools/words/trouble.hpp"

#include <gtest/gtest.h>

namespace kaomon {
namespace {

TEST(Trouble, OfAFailureHasItsSentencesAndDetail) {
    const Trouble told = trouble_of({Reason::no_camera, "no /dev/video0"});
    EXPECT_EQ(told.code, exit_no_device);
    EXPECT_EQ(told.word, "no_camera");
    EXPECT_EQ(told.what.ja, std::string(describe(Reason::no_camera).japanese) + "（no /dev/video0）");
    EXPECT_EQ(told.what.en, std::string(describe(Reason::no_camera).english) + " (no /dev/video0)");
}

} // namespace
} // namespace kaomon
