#include "tests/component/abuse.hpp"

#include "tests/component/caller.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace kaomon::test {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr const char* verify = "org.kaomon.Verification.Verify";
constexpr std::size_t seats = 10; // more than a user may have

// Nothing where nobody lets it in.
std::optional<Caller> connect(const fs::path& socket) {
    try {
        return Caller(socket);
    } catch (const std::runtime_error&) {
        std::this_thread::sleep_for(1ms);
        return std::nullopt;
    }
}

// Holds as many connections as there are, each after its first bytes, and takes the place of every one that
// is closed.
void hold(const fs::path& socket, std::string_view first_bytes) {
    std::vector<std::optional<Caller>> held(seats);
    while (true) {
        for (auto& one : held) {
            if (one && (one->receive(0.002) || one->open()))
                continue;
            one = connect(socket);
            if (one)
                one->send_raw(first_bytes);
        }
    }
}

void idle_connections(const fs::path& socket) {
    hold(socket, "");
}
void connections_after_a_call(const fs::path& socket) {
    hold(socket, std::string_view("{\"method\":\"org.kaomon.Device.GetInfo\"}\0", 40));
}
void half_messages(const fs::path& socket) {
    hold(socket, "{\"method\":\"org.kaomon.Dev");
}

void half_open_connections(const fs::path& socket) {
    std::vector<std::optional<Caller>> held(seats);
    for (std::size_t turn = 0;; ++turn) {
        auto& one = held[turn % seats];
        one = connect(socket);
        if (one)
            one->finish_sending();
    }
}

void garbage(const fs::path& socket) {
    while (true) {
        if (auto one = connect(socket)) {
            one->send_raw(std::string_view("rubbish\0more of it\0", 19));
            (void)one->receive(1);
        }
    }
}

void verify_and_close(const fs::path& socket) {
    for (std::size_t turn = 0;; ++turn) {
        auto one = connect(socket);
        if (!one)
            continue;
        one->send(verify, {{"nonce", "nonce-of-a-nuisance"}}, true);
        if (turn % 2 == 0)
            (void)one->receive(1);
    }
}

void permanent_verify(const fs::path& socket) {
    while (true) {
        auto one = connect(socket);
        if (!one)
            continue;
        one->send(verify, {{"nonce", "nonce-of-a-nuisance"}}, true);
        while (const auto reply = one->receive(100)) {
            if (!reply->contains("continues"))
                break;
        }
    }
}

// Acts without end in a session of its own: repeated ones, new ones, and such as no card would take.
void provide_flood(const fs::path& socket) {
    while (true) {
        auto one = connect(socket), other = connect(socket);
        if (!one || !other)
            continue;
        one->send(verify, {{"nonce", "nonce-of-a-nuisance"}, {"methods", {"face", "pin"}}}, true);
        const auto reply = one->receive(5);
        if (!reply || !reply->contains("continues"))
            continue;
        const auto session = reply->at("parameters").at("session");
        for (int act = 0;; ++act) {
            other->send("org.kaomon.Verification.Provide",
                        {{"session", session},
                         {"idempotency_key", "act-of-flood-" + std::to_string(act % 3 == 0 ? 0 : act)},
                         {"access_number", {{"number", act % 5 == 1 ? "12" : "99999999999999"}}}});
            const auto answer = other->receive(5);
            const auto* const error = answer ? answer->if_contains("error") : nullptr;
            if (!answer || (error != nullptr && *error == "org.kaomon.Verification.NoSuchSession"))
                break;
        }
    }
}

void reads_nothing(const fs::path& socket) {
    while (true) {
        auto one = connect(socket);
        for (int call = 0; one && call < 2000; ++call)
            one->send("org.kaomon.Device.GetInfo", {});
        std::this_thread::sleep_for(10ms);
    }
}

void takes_the_screen(const fs::path& socket) {
    while (true) {
        auto one = connect(socket);
        if (!one)
            continue;
        one->send("org.kaomon.Screen.Attach", {}, true);
        while (one->receive(5)) {
        }
    }
}

} // namespace

std::span<const Abuse> abuses() {
    static constexpr std::array<Abuse, 10> all{{
        {"idle_connections", 2, idle_connections},
        {"connections_after_a_call", 2, connections_after_a_call},
        {"half_messages", 2, half_messages},
        {"half_open_connections", 2, half_open_connections},
        {"garbage", 1, garbage},
        {"verify_and_close", 1, verify_and_close},
        {"reads_nothing", 1, reads_nothing},
        {"takes_the_screen", 1, takes_the_screen},
        {"provide_flood", 1, provide_flood},
        {"permanent_verify", 1, permanent_verify},
    }};
    return all;
}

const Abuse& abuse_of(std::string_view name) {
    return *std::ranges::find(abuses(), name, &Abuse::name);
}

} // namespace kaomon::test
