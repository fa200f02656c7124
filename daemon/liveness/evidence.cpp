#include "daemon/liveness/evidence.hpp"

#include <algorithm>
#include <array>

namespace kaomon::liveness {
namespace {

// Each policy demands what the one before it does, and one kind more.
constexpr std::array demanded{Kind::feed_black,   Kind::feed_frozen, Kind::feed_repeated,
                              Kind::feed_spliced, Kind::head_turn,   Kind::blink};

} // namespace

std::string_view word(Outcome outcome) noexcept {
    switch (outcome) {
    case Outcome::pass:
        return "pass";
    case Outcome::fail:
        return "fail";
    case Outcome::not_assessed:
        break;
    }
    return "not_assessed";
}

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
    for (const Evidence& one : evidence) {
        if (one.outcome == Outcome::fail)
            return describe(one.kind).veto;
    }
    for (const Kind kind : required) {
        const bool passed = std::ranges::any_of(
            evidence, [&](const Evidence& one) { return one.kind == kind && one.outcome == Outcome::pass; });
        if (!passed)
            return Reason::liveness_not_assessed;
    }
    return std::nullopt;
}

std::span<const Kind> required_by(std::string_view policy) noexcept {
    const std::span all(demanded);
    if (policy == "normal")
        return all.first(4);
    if (policy == "strict")
        return all.first(5);
    return policy == "very-strict" ? all : all.first(0);
}

} // namespace kaomon::liveness
