// What stands in the configuration is what the capture and the decision demand.
#include "daemon/wiring/face.hpp"

#include <gtest/gtest.h>

namespace kaomon::wiring {
namespace {

config::Config of_the_tree() {
    config::Config config;
    config.face.models = KAOMON_SOURCE_DIR "/models";
    return config;
}

TEST(WiringFace, TheCaptureDemandsWhatIsConfigured) {
    config::Config config;
    config.face.frames = 5;
    config.face.min_inter_eye_distance = 61;
    config.face.max_turn = 31;
    const face::Gate usual;
    const auto demands = capture_demands(config);
    EXPECT_EQ(demands.views, 5);
    EXPECT_EQ(demands.gate.min_inter_eye_distance, 61);
    EXPECT_EQ(demands.gate.max_yaw, 31);
    EXPECT_EQ(demands.gate.max_roll, 31);
    EXPECT_EQ(demands.gate.max_pitch - demands.gate.max_yaw, usual.max_pitch - usual.max_yaw)
        << "cameras seldom hang at the height of the eyes";
}

TEST(WiringFace, AnOperatorDemandsMoreAndNeverLess) {
    config::Config config;
    config.match.policy = PolicyName::strict;
    config.liveness.required = {liveness::Kind::moire, liveness::Kind::feed_black};
    const auto demands = capture_demands(config);
    EXPECT_EQ(demands.policy, PolicyName::strict);
    EXPECT_TRUE(demands.asks_with_photograph);
    EXPECT_EQ(demands.required, (std::vector{liveness::Kind::feed_black, liveness::Kind::feed_frozen,
                                             liveness::Kind::feed_repeated, liveness::Kind::feed_spliced,
                                             liveness::Kind::moire}));
}

TEST(WiringFace, TheRuleIsOfTheScoresKind) {
    const auto config = of_the_tree();
    const auto pipeline = load_pipeline(config.face);
    ASSERT_TRUE(pipeline) << "run tools/models/fetch --demo";
    const auto rule = decision_rule(config, **pipeline);
    ASSERT_TRUE(rule);
    EXPECT_EQ(rule->policy.kind, match::ScoreKind::cosine);
    EXPECT_EQ(rule->policy.name, PolicyName::normal);
    EXPECT_EQ(rule->required_liveness, capture_demands(config).required);
}

TEST(WiringFace, APopulationThatIsNotThereIsToldAndNotPassedOver) {
    auto config = of_the_tree();
    const auto pipeline = load_pipeline(config.face);
    ASSERT_TRUE(pipeline) << "run tools/models/fetch --demo";
    config.match.population = "/nowhere/population";
    const auto rule = decision_rule(config, **pipeline);
    ASSERT_FALSE(rule);
    EXPECT_EQ(rule.error().reason, Reason::population_invalid);
}

TEST(WiringFace, ModelsThatAreNotThereAreTold) {
    config::Config config;
    config.face.models = "/nowhere";
    const auto pipeline = load_pipeline(config.face);
    ASSERT_FALSE(pipeline);
    EXPECT_EQ(pipeline.error().reason, Reason::model_missing);
}

} // namespace
} // namespace kaomon::wiring
