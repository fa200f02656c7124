#include "tools/words/place.hpp"
#include "tools/words/trouble.hpp"

#include <gtest/gtest.h>

namespace kaomon {
namespace {

TEST(Trouble, OfAFailureHasItsSentencesAndDetail) {
    const Trouble told = trouble_of({Reason::no_camera, "no /dev/video0"});
    EXPECT_EQ(told.code, exit_no_device);
    EXPECT_EQ(told.word, "no_camera");
    EXPECT_EQ(told.what.ja, describe(Reason::no_camera).japanese) << "no English in a Japanese sentence";
    EXPECT_EQ(told.what.en, std::string(describe(Reason::no_camera).english) + " (no /dev/video0)");
}

TEST(Trouble, InJapaneseADetailIsItsPlace) {
    EXPECT_EQ(place_in("/etc/x.toml:5: photo.budget_ms: must be a whole number"), "（/etc/x.toml の5行目）");
    EXPECT_EQ(place_in("/dev/video0: cannot be opened"), "（/dev/video0）");
    EXPECT_EQ(place_in("line 3: not a day"), "（3行目）");
    EXPECT_EQ(place_in("the card said 6F00"), "");
    EXPECT_EQ(place_in(""), "");
}

} // namespace
} // namespace kaomon
