// Callers of several users at one desk, in any order: connections and sessions are the real ones, every byte
// of the input is a step of somebody. What is checked stands in fuzzed_desk.cpp and fuzzed_caller.cpp, and at
// the end of this file.
//
//   oU        a connection of user U (root, 1000, 1001, 1002: who may not verify, 1003: the gateway); 0 … 7
//   selects one VF N P S  Verify with the flags F; Provide a number, a PIN, a visual check; each with one
//   character more for its act K sI      Cancel; which of the sessions known so far is meant from here on W I
//   G M   Watch, and with more where a capital X stands before it; GetInfo, GetKeys, GetMetrics A H Attach of
//   a screen, Shown of its step E Y      Enter of the screen, Provide of staff: a number, with X a PIN or a
//   visual check C L Q F Z  Consent, Help, Preview, Follow, HelpGiven T        SpeakFor; mPV j     the next
//   message has character V at place P; is cut in half BN… N bytes as they are x h r     closes; closes its
//   half; reads nothing from here on, or again cED fED   an event of the reader or card, of the camera, with
//   a detail tN        time passes, 100 ms times 2^N dR u w the room that the disk has; troubles; messages
//   wait for the end of the turn, or no more q         the daemon ends
#include "drivers/base/log.hpp"
#include "tests/fuzz/fuzzed_caller.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>

namespace {

using namespace kaomon;
using namespace kaomon::fuzz;
namespace json = boost::json;

constexpr std::size_t most_steps = 400, most_callers = 8;

class Play {
  public:
    explicit Play(std::span<const std::uint8_t> steps) : steps_(steps) {}
    void run() {
        for (std::size_t taken = 0; !steps_.empty() && taken < most_steps; ++taken) {
            step(next());
            if (!waits_)
                turn();
        }
        end();
    }

  private:
    char next() {
        if (steps_.empty())
            return '0';
        const auto byte = steps_.front();
        steps_ = steps_.subspan(1);
        return static_cast<char>(byte);
    }
    unsigned number() { return static_cast<std::uint8_t>(next() - '0'); }
    FuzzedCaller* caller() { return selected_ < callers_.size() ? callers_[selected_].get() : nullptr; }
    void step(char what);
    void say(std::string_view method, json::object parameters, bool more = false);
    void verify();
    void provide(const char* what, json::value value);
    std::string session() const {
        return learnt_.sessions.empty() ? "nobody-s" : learnt_.sessions[meant_ % learnt_.sessions.size()];
    }
    std::string screen() const {
        return learnt_.screens.empty() ? "none" : learnt_.screens[meant_ % learnt_.screens.size()];
    }
    void turn();
    void end();

    std::span<const std::uint8_t> steps_;
    FuzzedDesk desk_;
    Learnt learnt_;
    std::vector<std::unique_ptr<FuzzedCaller>> callers_;
    std::size_t selected_ = 0, meant_ = 0;
    bool waits_ = false, more_ = false, halved_ = false, silent_ = false;
    std::vector<std::pair<unsigned, char>> changes_; // of the next message
};

void Play::say(std::string_view method, json::object parameters, bool more) {
    json::object message{{"method", method}, {"parameters", std::move(parameters)}};
    if (more)
        message["more"] = true;
    std::string text = json::serialize(message) + '\0';
    for (const auto& [place, character] : changes_)
        text[place * 5 % text.size()] = character;
    changes_.clear();
    if (std::exchange(halved_, false))
        text.resize(text.size() / 2);
    if (auto* const sender = caller())
        sender->send(text);
}

void Play::verify() {
    const unsigned flags = number();
    json::object parameters{{"nonce", "nonce-of-sixteen-" + std::to_string(flags)}};
    json::array methods;
    for (const auto& [bit, method] : {std::pair{1U, "face"}, {2U, "pin"}, {4U, "visual_check"}}) {
        if ((flags & bit) != 0)
            methods.emplace_back(method);
    }
    if (!methods.empty())
        parameters["methods"] = std::move(methods);
    if ((flags & 8) != 0)
        parameters["access_number"] = json::object{{"number", "55021720352285"}};
    if ((flags & 16) != 0)
        parameters["idempotency_key"] = "act-of-verify-" + std::to_string(flags);
    if ((flags & 32) != 0)
        parameters["deadline_ms"] = 2000;
    say("org.kaomon.Verification.Verify", std::move(parameters), (flags & 64) == 0);
}

void Play::provide(const char* what, json::value value) {
    say("org.kaomon.Verification.Provide", {{"session", session()},
                                            {"idempotency_key", "act-number-" + std::to_string(number())},
                                            {what, std::move(value)}});
}

void Play::step(char what) {
    switch (what) {
    case 'o': {
        static constexpr std::array<uid_t, 5> users{0, 1000, 1001, 1002, 1003};
        const uid_t user = users[number() % users.size()];
        if (callers_.size() < most_callers) {
            selected_ = callers_.size();
            callers_.push_back(std::make_unique<FuzzedCaller>(desk_, learnt_, user));
        }
        return;
    }
    case 'V':
        return verify();
    case 'N':
        if (more_)
            return provide("access_number", {{"era_year", "55"}, {"security_code", "2285"}});
        return provide("access_number", {{"number", "55021720352285"}});
    case 'P':
        return provide("pin", more_ ? "12a4" : "1234");
    case 'S':
        return provide("visual_check", {{"staff", "hanako.s"},
                                        {"reason", more_ ? "device_fault" : "face_failed"},
                                        {"confirmed", !halved_}});
    case 'K':
        return say("org.kaomon.Verification.Cancel", {{"session", session()}});
    case 's':
        meant_ = number();
        return;
    case 'X':
        more_ = !more_;
        return;
    case 'W':
        return say("org.kaomon.Device.Watch", {}, more_);
    case 'I':
        return say("org.kaomon.Device.GetInfo", {});
    case 'G':
        return say("org.kaomon.Device.GetKeys", {});
    case 'M':
        return say("org.kaomon.Device.GetMetrics", {});
    case 'A':
        return say("org.kaomon.Screen.Attach", {{"no_light", more_}}, true);
    case 'H':
        return say("org.kaomon.Screen.Shown", {{"screen", screen()}, {"step", learnt_.step}});
    case 'E': {
        json::object given{{"screen", screen()},
                           {"idempotency_key", "act-number-" + std::to_string(number())}};
        if (more_)
            given["pin"] = "1234";
        else
            given["access_number"] = json::object{{"number", "55021720352285"}};
        return say("org.kaomon.Screen.Enter", std::move(given));
    }
    case 'Y': {
        json::object given{{"idempotency_key", "act-number-" + std::to_string(number())}};
        if (more_)
            given["visual_check"] =
                json::object{{"staff", "hanako.s"}, {"reason", "face_failed"}, {"confirmed", !halved_}};
        else
            given["access_number"] = json::object{{"number", "55021720352285"}};
        return say("org.kaomon.Staff.Provide", std::move(given));
    }
    case 'C':
        return say("org.kaomon.Screen.Consent", {{"screen", screen()}, {"given", more_}});
    case 'L':
        return say("org.kaomon.Screen.Help", {{"screen", screen()}, {"wanted", more_}});
    case 'Q':
        return say("org.kaomon.Screen.Preview", {{"screen", screen()}}, true);
    case 'F':
        return say("org.kaomon.Staff.Follow", {}, true);
    case 'Z':
        return say("org.kaomon.Staff.HelpGiven", {});
    case 'T':
        return say("org.kaomon.Device.SpeakFor", {{"peer", more_ ? "patient" : "reception"}});
    case 'm': {
        const unsigned place = number();
        changes_.emplace_back(place, next());
        return;
    }
    case 'j':
        halved_ = true;
        return;
    case 'B': {
        const std::size_t wanted = number();
        const auto bytes = steps_.first(std::min(wanted, steps_.size()));
        steps_ = steps_.subspan(bytes.size());
        if (auto* const sender = caller())
            sender->send({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
        return;
    }
    case 'x':
        if (auto* const one = caller())
            one->close();
        return;
    case 'h':
        if (auto* const one = caller())
            one->half_close();
        return;
    case 'r':
        silent_ = !silent_;
        if (auto* const one = caller())
            one->read_nothing(silent_);
        return;
    case 'c': {
        const unsigned event = number();
        return desk_.card(event, number());
    }
    case 'f': {
        const unsigned event = number();
        return desk_.face(event, number());
    }
    case 't':
        return desk_.let_pass(Milliseconds{100} * (1 << number() % 11));
    case 'd':
        return desk_.fill_disk(static_cast<Room>(number() % 3));
    case 'u':
        return desk_.trouble(number());
    case 'w':
        waits_ = !waits_;
        return;
    case 'q':
        for (const auto& one : callers_)
            one->dismiss();
        return desk_.stop();
    default:
        if (what >= '0' && what <= '7')
            selected_ = static_cast<std::size_t>(what - '0');
    }
}

void Play::turn() {
    desk_.turn();
    for (const auto& one : callers_)
        one->read();
    const auto& owners = desk_.service->owners;
    must(owners.size() <= 1, "one session at a time");
    must(owners.empty() == (desk_.service->desk.status().state == session::State::idle),
         "the desk is idle when nobody's session runs");
    for (const auto& [session, user] : owners)
        must(std::ranges::any_of(callers_,
                                 [&](const auto& one) {
                                     return one->open() && one->user() == user && one->waits_for_verdict();
                                 }),
             "no session outlives its connection");
}

void Play::end() {
    waits_ = false;
    turn();
    for (const auto& one : callers_)
        one->read_nothing(false);
    turn();
    // The longest deadline is a minute, and one Verify may wait behind another on the same connection.
    const auto waiting = [this] {
        return std::ranges::any_of(callers_,
                                   [](const auto& one) { return one->open() && one->verdict_is_next(); });
    };
    for (std::size_t verdicts = 0; waiting() && verdicts <= most_steps; ++verdicts) {
        desk_.let_pass(Milliseconds{60'000});
        turn();
    }
    must(!waiting(), "every Verify is answered to its end");
    for (const auto& one : callers_)
        one->close();
    turn();
    desk_.let_pass(Milliseconds{4000}); // farewells, and who waited in line
    turn();
    must(std::ranges::all_of(callers_, &FuzzedCaller::gone,
                             [](const auto& one) -> const auto& { return *one; }),
         "a closed connection leaves nothing behind");
    must(desk_.service.use_count() == 1, "nothing holds what connections share once they are closed");
    if (desk_.stopped())
        return;
    desk_.fill_disk(Room::enough);
    desk_.trouble(0); // and the reader answers again
    FuzzedCaller honest(desk_, learnt_, 1000);
    honest.send(
        R"({"method":"org.kaomon.Verification.Verify","parameters":{"nonce":"nonce-of-the-next-one"},"more":true})" +
        std::string(1, '\0'));
    desk_.turn();
    honest.read();
    must(honest.verdict_is_next() && !desk_.service->owners.empty(), "the next one has the desk");
    honest.close();
    desk_.turn();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const bool quiet = std::getenv("KAOMON_FUZZ_LOG") == nullptr; // else the desk's own log is written
    if (quiet)
        set_log_level(LogLevel::error);
    Play({data, size}).run();
    return 0;
}
