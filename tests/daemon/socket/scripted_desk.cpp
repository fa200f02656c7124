#include "tests/daemon/socket/scripted_desk.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace kaomon::testing {

using session::State;

ScriptedDesk::ScriptedDesk(boost::asio::io_context& io) : loop_(io) {
    device.issuer = "kaomon:test";
    device.jwk_set =
        R"({"keys":[{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","kid":"k1","x":"AAAA"}]})";
    device.ways = {"face"};
    device.policy = "normal";
    device.policy_evidence = "none: a scripted desk";
    device.false_match_rate = 0.001;
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
        return std::unexpected(session::Refusal{Reason::busy, Milliseconds{1500}, {}});
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

kaomon::Result<void> ScriptedDesk::provide(const session::SessionId& id, uid_t caller,
                                           card::mynumber::AccessParts parts) {
    if (running_ != id || owner_ != caller)
        return fail(Reason::session_unknown);
    if (provide_failure)
        return std::unexpected(*provide_failure);
    if (parts.number) {
        provided.emplace_back(parts.number->view());
    } else {
        provided.push_back(std::string(parts.era_year ? parts.era_year->view() : "") + "/" +
                           std::string(parts.security_code ? parts.security_code->view() : ""));
    }
    boost::asio::post(loop_, [this, id] {
        if (running_ != id)
            return;
        tell({{}, State::looking, Reason::no_face, 10, {}, {}});
        conclude(match::Decision::verified, Reason::match);
    });
    return {};
}

kaomon::Result<void> ScriptedDesk::cancel(const session::SessionId& id, uid_t caller, Reason why) {
    if (running_ != id || owner_ != caller)
        return fail(Reason::session_unknown);
    cancelled.emplace_back(caller, why);
    conclude(match::Decision::undecided, why);
    return {};
}

void ScriptedDesk::tell(session::Update update) {
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
    session::Update last{*running_, State::concluded, {}, {}, verdict, sign(*this, *running_, verdict)};
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
    desk.tell({{}, State::waiting_card, Reason::no_card, {}, {}, {}});
    desk.tell({{}, State::reading_card, {}, {}, {}, {}});
    if (!desk.request.access) {
        desk.tell({{}, State::waiting_access, Reason::access_number_missing, 10, {}, {}});
        return;
    }
    desk.tell({{}, State::reading_photo, {}, 10, {}, {}});
    desk.tell({{}, State::looking, Reason::no_face, 10, {}, {}});
    desk.conclude(match::Decision::verified, Reason::match);
}

} // namespace kaomon::testing
