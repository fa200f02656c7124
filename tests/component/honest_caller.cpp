#include "tests/component/honest_caller.hpp"

#include "tests/component/other_user.hpp"

#include <boost/json/object.hpp>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace kaomon::test {

namespace {

void say(int out, const std::string& text) {
    (void)!write(out, text.data(), text.size());
}

// One call on a connection of its own.
double answered_after(const std::filesystem::path& socket, const char* method) {
    const double begun = monotonic_seconds();
    try {
        Caller caller(socket);
        if (caller.call(method).contains("error"))
            return HonestCaller::no_answer;
    } catch (const std::runtime_error&) {
        return HonestCaller::no_answer;
    }
    return (monotonic_seconds() - begun) * 1000;
}

// What a Verify came to; how long to wait where it was busy.
struct Tried {
    Visit visit;
    std::chrono::milliseconds again{0};
};

Tried try_once(const std::filesystem::path& socket, const std::string& number) {
    static int acts = 0;
    Caller caller(socket);
    caller.send("org.kaomon.Verification.Verify",
                {{"nonce", "nonce-of-an-honest-caller"},
                 {"access_number", {{"number", number}}},
                 {"idempotency_key", "honest-" + std::to_string(getpid()) + "-" + std::to_string(++acts)}},
                true);
    Tried tried{.visit = Desk::follow(caller)};
    if (tried.visit.reason == "org.kaomon.Verification.Busy")
        tried.again =
            std::chrono::milliseconds(tried.visit.last.at("parameters").at("retry_after_ms").as_int64());
    return tried;
}

} // namespace

std::vector<double> HonestCaller::ask(int times) const {
    OtherUser user(user_, [&](int out) {
        for (int i = 0; i < times; ++i) {
            say(out, std::to_string(answered_after(socket_, i % 2 == 0 ? "org.kaomon.Device.GetInfo"
                                                                       : "org.kaomon.Device.Watch")) +
                         "\n");
            sleep_5_ms();
        }
    });
    std::istringstream said(user.said());
    std::vector<double> answers{std::istream_iterator<double>(said), {}};
    answers.resize(static_cast<std::size_t>(times), no_answer);
    return answers;
}

HonestCaller::Served HonestCaller::visit(const std::string& number, double patience_seconds) const {
    OtherUser user(user_, [&](int out) {
        const double begun = monotonic_seconds();
        int busy = 0;
        while (true) {
            const auto tried = try_once(socket_, number);
            const double seconds = monotonic_seconds() - begun;
            if (tried.again.count() == 0 || seconds > patience_seconds)
                return say(out, (tried.visit.decision.empty() ? "none" : tried.visit.decision) + " " +
                                    tried.visit.reason + " " + std::to_string(seconds) + " " +
                                    std::to_string(busy));
            ++busy;
            std::this_thread::sleep_for(tried.again);
        }
    });
    std::istringstream said(user.said());
    Served served;
    said >> served.decision >> served.reason >> served.seconds >> served.busy;
    return served;
}

double percentile(std::vector<double> values, double of_hundred) {
    std::ranges::sort(values);
    const auto place = static_cast<std::size_t>(of_hundred / 100 * static_cast<double>(values.size()));
    return values.at(std::min(place, values.size() - 1));
}

} // namespace kaomon::test
