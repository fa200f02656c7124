#include "tools/clinic/rehearse/rehearsal_page.hpp"

#include <gmock/gmock.h>

namespace kaomon::rehearse {
namespace {

using namespace std::chrono;
using ::testing::HasSubstr;
using ::testing::Not;

Part part(std::initializer_list<Standing> standings) {
    Part made{"x", {"部", "part"}, {}};
    for (const Standing one : standings)
        made.findings.push_back({"x",
                                 {"項目", "item"},
                                 one,
                                 {"a", "a"},
                                 {"b", "b"},
                                 one == Standing::good ? Text{} : Text{"直す<1>", "mend<1>"}});
    return made;
}

Rehearsal rehearsal(std::vector<Part> parts) {
    return {2027y / March / 31, "みかん内科", {}, std::move(parts)};
}

TEST(Rehearsal, IsOnlyGoodWhereEverythingWasSeenAndIsGood) {
    EXPECT_EQ(rehearsal({part({Standing::good}), part({Standing::good})}).standing(), Standing::good);
    EXPECT_EQ(rehearsal({part({Standing::good}), part({})}).standing(), Standing::attention)
        << "nothing looked at";
    EXPECT_EQ(rehearsal({}).standing(), Standing::attention);
    EXPECT_EQ(rehearsal({part({Standing::good, Standing::not_checkable})}).standing(), Standing::attention);
    EXPECT_EQ(rehearsal({part({Standing::attention}), part({Standing::good, Standing::failed})}).standing(),
              Standing::failed);
    EXPECT_EQ(part({Standing::not_checkable, Standing::attention, Standing::good}).standing(),
              Standing::attention);
}

TEST(RehearsalPage, SaysVerdictAdviceAndWhatIsSimulated) {
    Rehearsal made = rehearsal({part({Standing::good, Standing::failed})});
    std::string page = rehearsal_page(made, Language::japanese);
    EXPECT_THAT(page, HasSubstr("このままでは受付を始められません"));
    EXPECT_THAT(page, HasSubstr("部: 直す&lt;1&gt;"));
    EXPECT_THAT(page, HasSubstr("みかん内科"));
    EXPECT_THAT(page, Not(HasSubstr("class=\"simulated\"")));
    made.simulated = {"カメラ", "camera"};
    page = rehearsal_page(made, Language::english);
    EXPECT_THAT(page, HasSubstr("SIMULATED: camera"));
    EXPECT_THAT(page, HasSubstr("not ready to open"));
    EXPECT_THAT(rehearsal_page(rehearsal({part({Standing::good})}), Language::japanese),
                Not(HasSubstr("直すこと")));
}

} // namespace
} // namespace kaomon::rehearse
