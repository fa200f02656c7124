#include "daemon/liveness/evidence.hpp"

#include <algorithm>
#include <array>

namespace kaomon::liveness {
namespace {

constexpr std::array demanded{Kind::feed_black, Kind::feed_frozen, Kind::feed_repeated, Kind::feed_spliced};

} // namespace

std::vector<Evidence> all_kinds(std::vector<Evidence> assessed) {
    std::vector<Evidence> all;
    for (const KindEntry& entry : kinds()) {
        const auto before = all.size();
        std::ranges::copy_if(assessed, std::back_inserter(all),
                             [&](const Evidence& one) { return one.kind == entry.kind; });
        if (all.size() == before)
            all.push_back({entry.kind, Outcome::not_assessed, 0});
    }
    return all;
}

std::optional<Reason> veto(std::span<const Evidence> evidence, std::span<const Kind> required) noexcept {
    std::optional<Reason> fault;
    for (const Evidence& one : evidence) {
        if (one.outcome != Outcome::fail)
            continue;
        const Reason why = describe(one.kind).veto;
        if (kaomon::describe(why).weight == Weight::veto_of_liveness)
            return why;
        fault = fault.value_or(why);
    }
    if (fault)
        return fault;
    for (const Kind kind : required) {
        const bool passed = std::ranges::any_of(
            evidence, [&](const Evidence& one) { return one.kind == kind && one.outcome == Outcome::pass; });
        if (!passed)
            return Reason::liveness_not_assessed;
    }
    return std::nullopt;
}

std::span<const Kind> always_required() noexcept {
    return demanded;
}

} // namespace kaomon::liveness
