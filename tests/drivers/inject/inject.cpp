#include "tests/drivers/inject/inject.hpp"

namespace kaomon::test::inject {
namespace {

struct State {
    bool armed = false;
    std::uint64_t random = 0;
    unsigned one_in = 0;
    std::uint64_t only = 0;
    std::uint64_t calls = 0, failures = 0;
    const char* last_failed = "";
};
thread_local State state;

} // namespace

Failing::Failing(std::uint64_t seed, unsigned one_in) noexcept {
    state = {.armed = true, .random = seed, .one_in = one_in};
}
Failing::Failing(std::uint64_t call) noexcept {
    state = {.armed = true, .random = call, .only = call};
}
Failing Failing::only(std::uint64_t call) noexcept {
    return Failing(call);
}
Failing::~Failing() {
    state.armed = false;
}

Paused::Paused() noexcept : before_(state.armed) {
    state.armed = false;
}
Paused::~Paused() {
    state.armed = before_;
}

std::uint64_t drawn() noexcept { // splitmix64
    std::uint64_t word = state.random += 0x9E3779B97F4A7C15;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
    return word ^ (word >> 31);
}

bool fails(const char* name) noexcept {
    if (!state.armed)
        return false;
    ++state.calls;
    const bool fail = state.only != 0 ? state.calls == state.only : drawn() % state.one_in == 0;
    if (fail) {
        ++state.failures;
        state.last_failed = name;
    }
    return fail;
}

const char* last_failed() noexcept {
    return state.last_failed;
}

std::uint64_t calls() noexcept {
    return state.calls;
}
std::uint64_t failures() noexcept {
    return state.failures;
}

bool one_only() noexcept {
    return state.only != 0;
}

} // namespace kaomon::test::inject
