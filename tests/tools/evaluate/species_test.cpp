#include "drivers/camera/presentation.hpp"
#include "tools/evaluate/liveness_tally.hpp"
#include "tools/evaluate/species.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace kaomon::evaluate {
namespace {

TEST(Species, EveryPresentationIsOneOfThemAndItsLabelSaysWhatItIs) {
    std::set<std::string> labels;
    for (const Species& one : all_species()) {
        EXPECT_TRUE(labels.insert(one.label).second) << one.label;
        EXPECT_EQ(is_bona_fide(one.label), camera::bona_fide(one.presentation)) << one.label;
        EXPECT_EQ(species_of(one.label), &one);
        EXPECT_FALSE(one.name.ja.empty());
    }
    for (const auto presentation : values<camera::Presentation>()) {
        EXPECT_TRUE(std::ranges::any_of(all_species(), [&](const Species& one) {
            return one.presentation == presentation && one.attacker == camera::Attacker::unaware;
        })) << word(presentation);
    }
    EXPECT_EQ(species_of("silicone-mask"), nullptr);
}

} // namespace
} // namespace kaomon::evaluate
