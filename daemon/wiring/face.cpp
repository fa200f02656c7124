#include "daemon/wiring/face.hpp"

#include <algorithm>

namespace kaomon::wiring {
namespace {

face::Gate gate_of(const config::Face& config) {
    face::Gate gate;
    gate.min_inter_eye_distance = static_cast<float>(config.min_inter_eye_distance);
    const auto turn = static_cast<float>(config.max_turn);
    gate.max_pitch += turn - gate.max_yaw;
    gate.max_yaw = gate.max_roll = turn;
    return gate;
}

std::vector<liveness::Kind> required_kinds(const config::Config& config) {
    const auto demanded = liveness::required_by(config.match.policy);
    return config.liveness.required.empty() ? std::vector(demanded.begin(), demanded.end())
                                            : config.liveness.required;
}

Result<match::Comparison> comparison_of(const std::filesystem::path& population,
                                        const face::Pipeline& pipeline) {
    if (population.empty())
        return match::Comparison{};
    const auto embedder = std::ranges::find(pipeline.models(), "embedder", &face::ModelInfo::name);
    if (embedder == pipeline.models().end())
        return fail(Reason::model_missing, "no embedder in the manifest");
    auto loaded = match::Population::load(population, embedder->sha256);
    if (!loaded)
        return std::unexpected(std::move(loaded.error()));
    return match::Comparison(std::move(*loaded));
}

} // namespace

Result<std::unique_ptr<face::Pipeline>> load_pipeline(const config::Face& config) {
    return face::Pipeline::load(config.models, config.arithmetic);
}

Result<std::unique_ptr<photo::Decoder>> start_decoder(const config::Photo& config) {
    return photo::Decoder::start(config.worker, config.budget);
}

capture::Demands capture_demands(const config::Config& config) {
    const bool prefer_light = config.screen.light && config.match.policy != PolicyName::normal;
    return {gate_of(config.face), config.face.frames, required_kinds(config), prefer_light};
}

Result<visit::DecisionRule> decision_rule(const config::Config& config, const face::Pipeline& pipeline) {
    auto comparison = comparison_of(config.match.population, pipeline);
    if (!comparison)
        return std::unexpected(std::move(comparison.error()));
    visit::DecisionRule rule;
    rule.policy = match::policy_of(config.match.policy, comparison->kind());
    rule.comparison = std::move(*comparison);
    rule.required_liveness = required_kinds(config);
    return rule;
}

} // namespace kaomon::wiring
