#include "daemon/capture/guidance.hpp"

#include <algorithm>
#include <array>

namespace kaomon::capture {
namespace {

constexpr Milliseconds memory{500};
constexpr Milliseconds to_read{1000};
constexpr std::size_t settled = 2; // calls of one reason: a single frame says nothing

} // namespace

std::optional<Reason> Guidance::next(Reason now, Instant captured) {
    calls_.push_back({now, captured});
    std::erase_if(calls_, [&](const Call& call) { return captured - call.captured > memory; });
    const auto count = static_cast<std::size_t>(std::ranges::count(calls_, now, &Call::reason));
    // A reason can only win on a frame that calls for it, so `now` is the one to look at.
    if (count < settled || 2 * count < calls_.size())
        return std::nullopt;
    if (shown_) {
        const bool legible = shown_->reason == Reason::hold_still || captured - shown_->captured >= to_read;
        if (shown_->reason == now || !legible)
            return std::nullopt;
    }
    shown_ = {now, captured};
    return now;
}

} // namespace kaomon::capture
