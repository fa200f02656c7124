// The list: what a new kind must fit into. Each detector has a test of its own.
#include "daemon/liveness/detectors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <typeindex>

namespace kaomon::liveness {
namespace {

TEST(Detectors, EveryKindHasExactlyOneAndComesInTheOrderOfTheTable) {
    std::vector<Kind> found;
    for (const auto& detector : make_detectors()) {
        for (const Evidence& one : detector->evidence())
            found.push_back(one.kind);
    }
    ASSERT_EQ(found.size(), kind_count);
    for (std::size_t i = 0; i < found.size(); ++i)
        EXPECT_EQ(found[i], kinds()[i].kind) << word(found[i]) << " in place of " << word(kinds()[i].kind);
}

TEST(Detectors, NoneKnowsAnythingBeforeItWasShownSomething) {
    for (const auto& detector : make_detectors()) {
        detector->reset_for_new_face();
        detector->photograph({});
        detector->exposed(Instant{});
        detector->screen({});
        for (const Evidence& one : detector->evidence())
            EXPECT_EQ(one.outcome, Outcome::not_assessed) << word(one.kind);
    }
}

TEST(Detectors, OneOfSeveralKindsIsThereOnce) {
    std::vector<std::type_index> types;
    for (const auto& detector : make_detectors()) {
        const Detector& one = *detector;
        types.emplace_back(typeid(one));
    }
    std::ranges::sort(types);
    EXPECT_EQ(std::ranges::adjacent_find(types), types.end());
}

} // namespace
} // namespace kaomon::liveness
