#include "tests/fuzz/fuzzed_caller.hpp"

#include "daemon/socket/limits.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace kaomon::fuzz {

namespace json = boost::json;

namespace {

std::string text_at(const json::object& parameters, std::string_view name) {
    const auto* found = parameters.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

// Replies to that many calls, sent at once, fit into an outbox (socket::max_outbox) whatever they are; more
// may not, and then their caller counts as one that does not read.
constexpr std::size_t most_unread = 16;

// What of an act could go to a card.
std::string digits_of(const json::object& parameters) {
    const auto* number = parameters.if_contains("access_number");
    if (number == nullptr || !number->is_object())
        return text_at(parameters, "pin");
    return text_at(number->get_object(), "number") + text_at(number->get_object(), "era_year") +
           text_at(number->get_object(), "security_code");
}

} // namespace

FuzzedCaller::FuzzedCaller(FuzzedDesk& desk, Learnt& learnt, uid_t user)
    : desk_(desk), learnt_(learnt), user_(user) {
    std::array<int, 2> ends{};
    must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) == 0,
         "there are sockets");
    ours_.reset(ends[0]);
    const int small = 16 * 1024; // bytes: who reads nothing is noticed soon
    (void)setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    const auto made = std::make_shared<socket::Connection>(
        socket::Connection::Stream(desk.loop, boost::asio::local::stream_protocol(), ends[1]),
        socket::Peer{user, 1}, desk.service, [](const socket::Connection*, const socket::Peer&, bool) {});
    made->start();
    theirs_ = made;
}

void FuzzedCaller::send(std::string_view bytes) {
    if (!open() || half_closed_)
        return;
    const auto sent = ::send(ours_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0)
        return;
    sent_bytes_ += static_cast<std::size_t>(sent);
    sent_.append(bytes.substr(0, static_cast<std::size_t>(sent)));
    while (true) {
        const auto end = sent_.find('\0');
        if (end == std::string::npos)
            break;
        note_sent(std::string_view(sent_).substr(0, end));
        sent_.erase(0, end + 1);
    }
}

void FuzzedCaller::note_sent(std::string_view message) {
    auto call = socket::parse_call(message);
    garbled_ = garbled_ || !call;
    if (garbled_)
        return; // nothing behind it is answered
    const auto& parameters = call->parameters;
    if (call->method == verify) {
        const auto named = text_at(parameters, "idempotency_key");
        desk_.note_act(user_, named.empty() ? text_at(parameters, "nonce") : named, digits_of(parameters));
    } else if (call->method == "org.kaomon.Verification.Provide") {
        const auto owner = learnt_.owners.find(text_at(parameters, "session"));
        if (owner != learnt_.owners.end() &&
            (owner->second == user_ || user_.is_root())) // root acts in any session
            desk_.note_act(owner->second, text_at(parameters, "idempotency_key"), digits_of(parameters));
    } else if (call->method == "org.kaomon.Screen.Enter" || call->method == "org.kaomon.Staff.Provide") {
        desk_.note_act(user_, text_at(parameters, "idempotency_key"), digits_of(parameters));
        for (const Expected& before : expected_) { // it may speak for that one by then
            if (before.method == "org.kaomon.Device.SpeakFor")
                desk_.note_act(session::Caller(user_.user, text_at(before.parameters, "peer")),
                               text_at(parameters, "idempotency_key"), digits_of(parameters));
        }
    }
    if (!call->oneway)
        expected_.push_back({call->method, call->more, parameters});
}

void FuzzedCaller::read() {
    while (open() && reads_) {
        std::array<char, 16384> bytes;
        const auto got = recv(ours_.get(), bytes.data(), bytes.size(), 0);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            break;
        if (got <= 0) {
            must(dismissed_ || half_closed_ || silent_ || expected_.size() > most_unread,
                 "nobody is cut off without a word");
            ended_ = true;
            break;
        }
        received_.append(bytes.data(), static_cast<std::size_t>(got));
        for (auto end = received_.find('\0'); end != std::string::npos; end = received_.find('\0')) {
            const auto reply = json::parse(received_.substr(0, end));
            received_.erase(0, end + 1);
            take(reply.as_object());
        }
    }
    if (ended_)
        expected_.clear();
}

void FuzzedCaller::take(const json::object& reply) {
    const auto& parameters = reply.at("parameters").as_object();
    const std::string error = text_at(reply, "error");
    must(!dismissed_, "nothing follows the last word");
    if (error == "org.kaomon.Device.Disconnected")
        return take_farewell(parameters);
    must(!expected_.empty(), "a reply answers a call");
    Expected& call = expected_.front();
    const auto* continues = reply.if_contains("continues");
    const bool last = continues == nullptr || !continues->as_bool();
    must(last || call.more, "only who wants more replies gets them");
    must(error.empty() || last, "an error is the last reply");
    must(error != "org.kaomon.Device.Failed", "no reply breaks its description");
    if (error.empty()) {
        if (call.method == verify)
            take_update(call, parameters, last);
        const std::string session = text_at(call.parameters, "session"),
                          screen = text_at(call.parameters, "screen");
        const auto owner = learnt_.owners.find(session.empty() ? screen : session);
        if (owner != learnt_.owners.end())
            must(owner->second == user_ || user_.is_root(), "nobody touches what is another user's");
        if (call.method == "org.kaomon.Device.SpeakFor") {
            must(user_.peer.empty(), "a connection speaks for one peer");
            user_.peer = text_at(call.parameters, "peer");
        }
        if (call.method == "org.kaomon.Screen.Attach") {
            const std::string id = text_at(parameters, "screen");
            if (learnt_.owners.emplace(id, user_).second)
                learnt_.screens.push_back(id);
            if (const auto* light = parameters.if_contains("light"); light != nullptr && light->is_object())
                learnt_.step = light->at("step").as_int64();
        }
    }
    if (last)
        expected_.pop_front();
}

void FuzzedCaller::take_update(Expected& call, const json::object& parameters, bool last) {
    const std::string session = text_at(parameters, "session"), state = text_at(parameters, "state");
    if (call.session.empty()) {
        call.session = session;
        must(learnt_.owners.emplace(session, user_).second, "a session has a name of its own");
        learnt_.sessions.push_back(session);
    }
    must(session == call.session, "a Verify hears of its own session only");
    must(last == (state == "concluded"), "the last reply is the verdict, and the verdict is the last reply");
    const std::string result = text_at(parameters, "result");
    must(result.empty() || last, "a result comes with the verdict");
    must(result.empty() || desk_.on_record(result, text_at(call.parameters, "nonce")),
         "a signed result is on record before it is given out");
    if (last && text_at(parameters.at("verdict").as_object(), "decision") != "undecided")
        must(!result.empty(), "what is decided is signed");
}

void FuzzedCaller::take_farewell(const json::object& parameters) {
    const std::string why = text_at(parameters.at("reason").as_object(), "word");
    must(why != "message_malformed" || garbled_, "who sends no rubbish is not accused of it");
    must(why != "message_too_large" || garbled_ || sent_bytes_ > socket::max_message,
         "a connection takes as much as it says");
    must(why != "shutting_down" || desk_.stopped(), "nobody is sent away before the end");
    dismissed_ = true;
    expected_.clear();
}

bool FuzzedCaller::waits_for_verdict() const {
    return std::ranges::any_of(expected_, [](const Expected& call) { return call.method == verify; });
}

void FuzzedCaller::half_close() {
    half_closed_ = true;
    if (ours_)
        (void)shutdown(ours_.get(), SHUT_WR);
}

void FuzzedCaller::close() {
    ours_.reset();
    expected_.clear();
}

void FuzzedCaller::dismiss() {
    if (const auto connection = theirs_.lock())
        connection->dismiss({Reason::shutting_down, {}});
}

} // namespace kaomon::fuzz
