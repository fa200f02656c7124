#include "daemon/wiring/desk.hpp"

#include "daemon/wiring/camera.hpp"
#include "daemon/wiring/state_folder.hpp"
#include "drivers/base/arena.hpp"
#include "drivers/base/log.hpp"

#include <algorithm>

namespace kaomon::wiring {
namespace {

void warn(session::DeviceInfo& info, std::string what) {
    log(LogLevel::warning, "desk: " + what);
    info.warnings.push_back(std::move(what));
}

void add_warnings(session::DeviceInfo& info, const visit::CardPolicy& card) {
    if (!info.population) {
        warn(info, "no population file: comparison scores are not normalised, the threshold is that of the "
                   "group with "
                   "the highest false match rate");
    }
    if (info.policy.evidence.extrapolated)
        warn(info, "the false match rate of policy " + std::string(word(info.policy.name)) +
                       " is extrapolated, not measured");
    const auto* arena = secret_arena();
    if (arena == nullptr || !arena->figures().locked)
        warn(info, "memory for faces and numbers is not locked (LimitMEMLOCK): it may be swapped out");
    if (card.renamed)
        warn(info,
             "the secret of references was missing and was made anew: results name every card otherwise than "
             "before; kaomonctl subject import-secret --replace puts the clinic's own back");
    if (card.trust.size() == 0)
        warn(info, "the trust store is empty: no card can be proven genuine");
    if (std::ranges::find(info.methods, Method::pin) != info.methods.end() && card.sign_in_trust.size() == 0)
        warn(info, "the trust store holds no authority of sign-in certificates: no PIN will be tried");
}

} // namespace

session::VerificationDesk::Settings desk_settings(const config::Config& config, visit::DecisionRule rule,
                                                  const face::Pipeline& pipeline,
                                                  const camera::Camera& camera, const visit::CardPolicy& card,
                                                  const result::SigningKey& key) {
    session::VerificationDesk::Settings settings;
    settings.deadline = config.session.deadline;
    settings.validity = config.result.validity;
    settings.simulated_camera = camera.simulated();
    settings.camera = camera.id();
    auto check = origin_check(config.camera, camera_record(config));
    settings.camera_check = {std::move(check.look), std::move(check.accept)};
    settings.now = card.now;
    settings.trust_end = card.sign_in_trust.first_end();
    settings.light = config.screen.light;
    settings.clinic = config.screen.clinic;
    settings.suspicions = session::Suspicions(std::chrono::seconds(config.session.suspicion));
    session::DeviceInfo& info = settings.info;
    info.issuer = config.result.issuer.empty() ? "kaomon:" + key.key_id() : config.result.issuer;
    info.methods = config.session.methods;
    info.attributes = config.result.attributes;
    if (config.socket.staff_users.empty() && std::erase(info.methods, Method::visual_check) != 0)
        warn(info, "nobody may hand in a visual check ([socket] staff_users): the method is not offered");
    info.policy = rule.policy;
    if (rule.comparison.population())
        info.population = rule.comparison.population()->provenance();
    for (const auto& model : pipeline.models())
        info.models.emplace_back(model.name, model.sha256);
    if (camera.simulated())
        info.simulated.emplace_back("camera");
    add_warnings(info, card);
    if (!config.screen.light &&
        std::ranges::find(rule.required_liveness, liveness::Kind::flash) != rule.required_liveness.end())
        warn(info, "the evidence flash is demanded and [screen] light is off: no face will verify");
    settings.rule = std::move(rule);
    return settings;
}

session::Suspicions kept_suspicions(const config::Config& config, const visit::CardPolicy& card) {
    return session::Suspicions::open(suspicions_of(config), card.digests,
                                     std::chrono::seconds(config.session.suspicion), card.now());
}

} // namespace kaomon::wiring
