#include "tests/tools/clinic/folder/temporary_folder.hpp"
#include "tools/clinic/folder/pages.hpp"
#include "tools/clinic/folder/profile.hpp"
#include "tools/page/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kaomon::clinic {
namespace {

using namespace std::chrono;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Pages, TheIndexLinksWhatIsThereAndNamesTheCommandOfTheRest) {
    kaomon::testing::TemporaryFolder place;
    ASSERT_TRUE(
        write_page(place.folder, "network.html", "<html></html>", Language::japanese, 2027y / January / 5));
    EXPECT_EQ(place.text("network.html"), "<html></html>") << "no page of ours: as it is";
    const std::string index = place.text("index.html");
    EXPECT_THAT(index, HasSubstr("<a href=\"network.html\">"));
    EXPECT_THAT(index, HasSubstr("kaomon-clinic rehearse"));
    EXPECT_THAT(index, Not(HasSubstr("<a href=\"rehearsal.html\">")));
    EXPECT_THAT(index, HasSubstr("2027年1月5日（火）"));
}

TEST(Pages, EveryPageLeadsBackHome) {
    kaomon::testing::TemporaryFolder place;
    const std::string page = page::Page(Language::japanese, {"回線", "line"}, 2027y / January / 5).str();
    ASSERT_TRUE(write_page(place.folder, "network.html", page, Language::japanese, 2027y / January / 5));
    EXPECT_THAT(place.text("network.html"), HasSubstr("<a href=\"index.html\">← 導入のホーム</a>"));
    EXPECT_THAT(place.text("index.html"), Not(HasSubstr("導入のホーム")));
}

TEST(Pages, TheHomeHasTheNextStepTheDatesAndTheProgress) {
    kaomon::testing::TemporaryFolder place;
    const Date today = 2026y / November / 24;
    EXPECT_THAT(index_page(place.folder, Language::japanese, today),
                HasSubstr("診療開始月、都道府県、種類を決める"));
    Profile profile;
    ASSERT_TRUE(profile.set("open", "令和9年4月"));
    ASSERT_TRUE(profile.set("kind", "薬局"));
    ASSERT_TRUE(profile.set("prefecture", "愛媛県"));
    ASSERT_TRUE(write_profile(place.folder, profile));
    ASSERT_TRUE(place.folder.write("steps.json", R"({"1": {"on": "2026-11-20", "number": "", "note": ""}})"));
    const std::string home = index_page(place.folder, Language::japanese, today);
    EXPECT_THAT(home, HasSubstr("いますること: 2 ネットワークの準備（2026年12月28日（月）まで）"));
    EXPECT_THAT(home, HasSubstr("進みぐあい 1/9"));
    EXPECT_THAT(home, HasSubstr("2027年2月1日（月）"));
    EXPECT_THAT(home, HasSubstr("済 2026-11-20"));
}

} // namespace
} // namespace kaomon::clinic
