#include "tests/daemon/socket/scripted_desk.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>

namespace kaomon::testing {

using session::State;

ScriptedDesk::ScriptedDesk(boost::asio::io_context& io) : loop_(io) {
    device.issuer = "kaomon:test";
    device.jwk_set =
        R"({"keys":[{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","kid":"k1","x":"AAAA"}]})";
    device.methods = {Method::face};
    device.policy = match::policy_of(PolicyName::normal);
    device.models = {{"embedder", std::string(64, '0')}};
    device.simulated = {"card", "camera"};
    now.reader = "Scripted reader 00 00";
    now.camera = "scripted";
    script = happy_visit;
    sign = [](const ScriptedDesk&, const session::SessionId&, match::Verdict) { return "h.p.s"; };
}

std::uint64_t ScriptedDesk::watch(Watcher watcher) {
    watchers.emplace(++tokens_, std::move(watcher));
    return tokens_;
}

std::expected<session::SessionId, session::Refusal> ScriptedDesk::begin(session::Request wanted,
                                                                        Listener listener) {
    if (refusal)
        return std::unexpected(*std::exchange(refusal, std::nullopt));
    if (running_)
        return std::unexpected(session::Refusal{Reason::busy, Milliseconds{1500}, {}, 1});
    request = std::move(wanted);
    listener_ = std::move(listener);
    owner_ = request.caller;
    running_ = "session-" + std::to_string(++begun);
    boost::asio::post(loop_, [this, id = *running_] {
        if (script && running_ == id)
            script(*this, id);
    });
    return *running_;
}

kaomon::Result<bool> ScriptedDesk::provide(const session::SessionId& id, const session::Caller& caller,
                                           session::Provision provision) {
    if (running_ != id || owner_ != caller)
        return fail(Reason::session_unknown);
    if (provide_failure)
        return std::unexpected(*provide_failure);
    if (std::ranges::find(idempotency_keys, provision.idempotency_key) != idempotency_keys.end())
        return true;
    idempotency_keys.push_back(provision.idempotency_key);
    if (provision.consent) {
        provided.push_back(std::string("consent ") + (provision.consent->given ? "yes" : "no") +
                           (provision.consent->staff.empty() ? "" : " by " + provision.consent->staff));
        return false;
    }
    if (provision.visual_check) {
        provided.push_back(provision.visual_check->staff + " " +
                           std::string(word(provision.visual_check->reason)) +
                           (provision.visual_check->confirmed ? " yes" : " no"));
    } else if (provision.pin) {
        provided.push_back("pin " + std::string(provision.pin->view()));
    } else if (provision.access_number && provision.access_number->number) {
        provided.push_back(std::string(provision.access_number->number->view()) +
                           (provision.access_number->compared ? " compared" : ""));
    } else if (provision.access_number) {
        const auto& parts = *provision.access_number;
        provided.push_back(std::string(parts.era_year ? parts.era_year->view() : "") + "/" +
                           std::string(parts.security_code ? parts.security_code->view() : ""));
    }
    boost::asio::post(loop_, [this, id, said = provided.back(), pin = provision.pin.has_value(),
                              visual_check = provision.visual_check] {
        if (running_ != id)
            return;
        if (visual_check) {
            conclude(visual_check->confirmed ? match::Decision::verified : match::Decision::not_verified,
                     visual_check->confirmed ? Reason::staff_confirmed : Reason::staff_denied);
        } else if (pin) {
            notify({.state = State::checking_pin, .tries_left = 10});
            if (said == "pin 1234")
                return conclude(match::Decision::verified, Reason::pin_accepted);
            notify({.state = State::waiting_method,
                    .hint = Reason::pin_wrong,
                    .tries_left = 10,
                    .pin_tries_left = 2,
                    .methods = {Method::pin, Method::visual_check}});
        } else {
            notify({.state = State::capturing_face, .hint = Reason::no_face, .tries_left = 10});
            conclude(match::Decision::verified, Reason::match);
        }
    });
    return false;
}

kaomon::Result<void> ScriptedDesk::cancel(const session::SessionId& id, const session::Caller& caller,
                                          Reason why) {
    if (running_ != id || owner_ != caller)
        return fail(Reason::session_unknown);
    cancelled.emplace_back(caller, why);
    conclude(match::Decision::undecided, why);
    return {};
}

kaomon::Result<session::AttachedScreen>
ScriptedDesk::attach_screen(const session::Caller& caller, bool no_light, session::ScreenListener listener) {
    if (screen)
        return fail(Reason::screen_attached);
    screen = std::move(listener);
    screen_without_light = no_light;
    screen_caller = caller;
    return session::AttachedScreen{"screen-1", {.state = now.state}};
}

kaomon::Result<void> ScriptedDesk::owns_screen(const session::ScreenId& id,
                                               const session::Caller& caller) const {
    if (!screen || id != "screen-1" || caller != screen_caller)
        return fail(Reason::screen_unknown);
    return {};
}

void ScriptedDesk::call_staff(bool wanted) {
    staff.now.help = wanted;
    staff.publish();
}

kaomon::Result<bool> ScriptedDesk::provide_at_desk(const session::Caller&, session::Provision provision) {
    return running_ ? provide(*running_, owner_, std::move(provision)) : fail(Reason::session_unknown);
}

void ScriptedDesk::detach_screen(const session::ScreenId& id) {
    if (id == "screen-1")
        screen = nullptr;
}

kaomon::Result<void> ScriptedDesk::screen_shown(const session::ScreenId& id, const session::Caller&,
                                                int step) {
    if (!screen || id != "screen-1")
        return fail(Reason::screen_unknown);
    if (step != 7)
        return fail(Reason::parameter_invalid);
    steps_shown.push_back(step);
    return {};
}

kaomon::Result<camera::origin::Identity> ScriptedDesk::accept_camera(const session::Caller& user,
                                                                     std::string_view id) {
    if (!cameras.present || camera::origin::id_of(*cameras.present) != id)
        return fail(Reason::camera_changed, "another camera");
    operating.push_back(user);
    cameras.fault.reset();
    cameras.accepted = cameras.present;
    return *cameras.present;
}

void ScriptedDesk::notify(session::Update update) {
    if (!running_)
        return;
    update.session = *running_;
    const Listener listener = listener_;
    listener(update);
}

void ScriptedDesk::conclude(match::Decision decision, Reason reason) {
    if (!running_)
        return;
    const match::Verdict verdict{decision, reason};
    session::Update last{.session = *running_,
                         .state = State::concluded,
                         .verdict = verdict,
                         .result = sign(*this, *running_, verdict)};
    idempotency_keys.clear();
    running_.reset();
    const Listener listener = std::exchange(listener_, nullptr);
    listener(last);
}

void ScriptedDesk::change(session::DeviceStatus status) {
    now = std::move(status);
    const auto told = watchers;
    for (const auto& [token, watcher] : told)
        watcher(now);
}

void happy_visit(ScriptedDesk& desk, const session::SessionId&) {
    desk.notify({.state = State::waiting_card, .hint = Reason::no_card});
    desk.notify({.state = State::reading_card});
    const auto& methods = desk.request.methods;
    if (!methods.empty() && std::ranges::find(methods, Method::face) == methods.end()) {
        desk.notify({.state = State::waiting_method,
                     .hint = Reason::method_missing,
                     .tries_left = 10,
                     .methods = methods,
                     .warnings = {{Reason::sign_in_certificate_ends_soon,
                                   std::chrono::year(2027) / std::chrono::February / 17}}});
        return;
    }
    if (!desk.request.access_number) {
        desk.notify(
            {.state = State::waiting_access_number, .hint = Reason::access_number_missing, .tries_left = 10});
        return;
    }
    desk.notify({.state = State::reading_photo, .tries_left = 10});
    desk.notify({.state = State::capturing_face, .hint = Reason::no_face, .tries_left = 10});
    desk.conclude(match::Decision::verified, Reason::match);
}

} // namespace kaomon::testing
