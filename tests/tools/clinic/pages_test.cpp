#include "tests/tools/clinic/temporary_folder.hpp"
#include "tools/clinic/pages.hpp"

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
    const std::string index = place.text("index.html");
    EXPECT_THAT(index, HasSubstr("<a href=\"network.html\">"));
    EXPECT_THAT(index, HasSubstr("kaomonctl rehearse"));
    EXPECT_THAT(index, Not(HasSubstr("<a href=\"rehearsal.html\">")));
    EXPECT_THAT(index, HasSubstr("2027年1月5日（火）"));
}

} // namespace
} // namespace kaomon::clinic
