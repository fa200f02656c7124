#include "tests/fuzz/passing_time.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>

namespace {

constexpr std::int64_t beginning = 1'000'000'000'000'000; // nanoseconds; far enough from 0 for any "long ago"
std::int64_t now = beginning;

} // namespace

// std::chrono::steady_clock::now(), by its name in the library: the linker puts this in its place.
#define WRAP(Result, name, value)                                                                            \
    extern "C" Result __wrap_##name();                                                                       \
    Result __wrap_##name() {                                                                                 \
        return value;                                                                                        \
    }
WRAP(std::int64_t, _ZNSt6chrono3_V212steady_clock3nowEv, now)

namespace kaomon::fuzz {

void restart_time() {
    now = beginning;
}

void pass(Milliseconds time) {
    now += std::chrono::nanoseconds(time).count();
}

void run_what_is_due(boost::asio::io_context& loop) {
    // The kernel's timer behind Asio's goes by its own clock: one that is due at once makes Asio look at all
    // of them.
    bool looked = false;
    boost::asio::steady_timer first(loop);
    first.expires_at(Instant{});
    first.async_wait([&looked](const boost::system::error_code&) { looked = true; });
    do {
        loop.restart();
        while (loop.poll() > 0) {
        }
    } while (!looked);
}

} // namespace kaomon::fuzz
