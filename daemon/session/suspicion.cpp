#include "daemon/session/suspicion.hpp"

#include <algorithm>

namespace kaomon::session {
namespace {

constexpr std::size_t most = 64; // a desk sees fewer vetoes in a month; the oldest goes first

} // namespace

void Suspicions::add(const std::optional<card::mynumber::CardMark>& card, Reason why, Instant until) {
    if (all_.size() == most)
        all_.pop_front();
    all_.push_back({card, why, until});
}

std::vector<Reason> Suspicions::inherited(const std::optional<card::mynumber::CardMark>& card, Instant now) {
    std::erase_if(all_, [now](const Suspicion& one) { return one.until <= now; });
    std::vector<Reason> reasons;
    for (Suspicion& one : all_) {
        if (!one.card && card)
            one.card = card; // whoever comes next is the one who tried
        if (one.card == card && std::ranges::find(reasons, one.why) == reasons.end())
            reasons.push_back(one.why);
    }
    return reasons;
}

void Suspicions::clear(const card::mynumber::CardMark& card, Reason why) {
    std::erase_if(all_, [&](const Suspicion& one) { return one.card == card && one.why == why; });
}

} // namespace kaomon::session
