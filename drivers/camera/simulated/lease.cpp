#include "drivers/camera/simulated/lease.hpp"

#include <poll.h>

#include <algorithm>
#include <array>

namespace kaomon::camera::simulated {

Lease::Lease(Scene scene, const Settings& settings, std::shared_ptr<Condition> condition,
             std::shared_ptr<std::atomic<bool>> in_use)
    : scene_(std::move(scene)), format_(settings.format), width_(settings.width), height_(settings.height),
      interval_(Interval(std::chrono::seconds(1)) / settings.rate), start_(SteadyClock::now()),
      condition_(std::move(condition)), in_use_(std::move(in_use)) {}

Lease::~Lease() {
    *in_use_ = false;
}

// Until then, a fault or an interrupt.
void Lease::sleep(Instant until) {
    std::array<pollfd, 2> watched{
        {{interrupt_.descriptor(), POLLIN, 0}, {condition_->descriptor(), POLLIN, 0}}};
    const auto left = std::chrono::ceil<Milliseconds>(until - SteadyClock::now());
    const auto timeout = std::clamp<std::int64_t>(left.count(), 0, 60'000);
    poll(watched.data(), watched.size(),
         static_cast<int>(timeout)); // woken for nothing: the caller looks again
}

Result<std::uint64_t> Lease::wait_for_frame(Instant until) {
    for (;;) {
        if (interrupt_.take())
            return fail(Reason::cancelled, "interrupted");
        condition_->refresh();
        if (const auto usable = condition_->usable(); !usable)
            return std::unexpected(usable.error());
        const Instant now = SteadyClock::now();
        if (!condition_->mute() && now >= due(next_number_)) {
            return static_cast<std::uint64_t>((now - due(0)) / interval_); // those between are dropped
        }
        if (now >= until)
            return fail(Reason::camera_silent, "no frame within the budget");
        sleep(condition_->mute() ? until : std::min(until, due(next_number_)));
    }
}

Result<Frame> Lease::next(Instant until) {
    for (;;) {
        const auto number = wait_for_frame(until);
        if (!number)
            return std::unexpected(number.error());
        condition_->frame_comes(); // may bring a fault that holds this very frame back
        if (!condition_->usable() || condition_->mute())
            continue;
        next_number_ = *number + 1;
        if (!condition_->frozen())
            shown_ = *number;
        const double seconds = std::chrono::duration<double>(exposed(*number) - start_).count();
        for (const auto what : condition_->take_asked())
            scene_.ask(what, seconds);
        scene_.light(condition_->light());
        Frame frame{.width = width_,
                    .height = height_,
                    .format = format_,
                    .bytes = scene_.frame(shown_, condition_->black()),
                    .captured = exposed(*number),
                    .sequence = *number};
        if (frame.bytes.empty())
            return fail(Reason::camera_error, "the frame could not be encoded");
        return frame;
    }
}

} // namespace kaomon::camera::simulated
