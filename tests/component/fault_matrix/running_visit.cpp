#include "tests/component/fault_matrix/running_visit.hpp"

#include "tests/component/pcscd.hpp"

#include <stdexcept>

namespace kaomon::test {

namespace json = boost::json;

namespace {

std::string next_key() {
    static int keys = 0;
    return "act-under-a-fault-" + std::to_string(++keys);
}

} // namespace

RunningVisit::RunningVisit(const std::filesystem::path& socket, json::object parameters)
    : socket_(socket), caller_(socket) {
    parameters["nonce"] = "nonce-of-a-component-test";
    if (parameters.contains("access_number"))
        parameters["idempotency_key"] = next_key();
    caller_.send("org.kaomon.Verification.Verify", std::move(parameters), true);
}

bool RunningVisit::step(double seconds) {
    if (over_)
        return false;
    const auto reply = caller_.receive(seconds);
    if (!reply) {
        over_ = !caller_.open();
        return false;
    }
    const auto& said = reply->at("parameters").as_object();
    if (const auto* error = reply->if_contains("error")) {
        over_ = true;
        const auto* reason = said.if_contains("reason");
        reason_ = reason != nullptr ? reason->at("word").as_string() : error->as_string();
        return true;
    }
    session_ = said.at("session").as_string();
    state_ = said.at("state").as_string();
    const auto* hint = said.if_contains("hint");
    hint_ = hint != nullptr && hint->is_object() ? std::string(hint->at("word").as_string()) : std::string();
    if (state_ == "concluded") {
        over_ = true;
        decision_ = said.at("verdict").at("decision").as_string();
        reason_ = said.at("verdict").at("reason").at("word").as_string();
    }
    return true;
}

bool RunningVisit::reach(std::string_view state) {
    const double end = monotonic_seconds() + 10;
    while (state_ != state && !over_ && monotonic_seconds() < end)
        step(0.1);
    return state_ == state;
}

void RunningVisit::provide(json::object what) {
    try {
        what["session"] = session_;
        what["idempotency_key"] = next_key();
        Caller second(socket_);
        second.call("org.kaomon.Verification.Provide", std::move(what));
    } catch (const std::runtime_error&) { // nobody listens any more
    }
}

void RunningVisit::hang_up() {
    caller_.hang_up();
    over_ = true;
}

void RunningVisit::cancel() {
    try {
        Caller second(socket_);
        second.call("org.kaomon.Verification.Cancel", {{"session", session_}});
    } catch (const std::runtime_error&) {
    }
}

} // namespace kaomon::test
