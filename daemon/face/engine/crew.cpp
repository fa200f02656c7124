#include "daemon/face/engine/crew.hpp"

#include "daemon/face/engine/float_mode.hpp"

namespace kaomon::face {
namespace {

// About 0.3 ms: longer than a layer without work for the helper, whom to wake takes as long as a layer;
// shorter than anybody notices.
constexpr int spins = 15'000;

// Returns once `value` is no longer `old`.
void wait_for_change(const std::atomic<std::uint32_t>& value, std::uint32_t old) {
    for (int i = 0; i < spins; ++i) {
        if (value.load(std::memory_order_acquire) != old)
            return;
        _mm_pause();
    }
    while (value.load(std::memory_order_acquire) == old)
        value.wait(old, std::memory_order_acquire);
}

} // namespace

Crew::Crew() : helper_([this] { help(); }) {}

Crew::~Crew() {
    hand_over(nullptr, nullptr);
    helper_.join();
}

void Crew::hand_over(Call call, void* work) {
    call_ = call;
    work_ = work;
    const std::uint32_t before = done_.load(std::memory_order_relaxed);
    given_.fetch_add(1, std::memory_order_release);
    given_.notify_one();
    if (call)
        call(work, {.index = 0, .count = 2});
    wait_for_change(done_, before);
}

void Crew::help() {
    const engine::FloatMode mode;
    for (std::uint32_t seen = 0;; ++seen) {
        wait_for_change(given_, seen);
        const Call call = call_;
        if (call)
            call(work_, {.index = 1, .count = 2});
        done_.fetch_add(1, std::memory_order_release);
        done_.notify_one();
        if (!call)
            return;
    }
}

} // namespace kaomon::face
