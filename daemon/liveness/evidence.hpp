// Evidence for and against a live face before the camera. Each kind can veto; which of them vouch,
// presence.hpp says.
#pragma once

#include "daemon/liveness/kind.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace kaomon::liveness {

enum class Outcome : std::uint8_t { pass, fail, not_assessed };
consteval auto words_of(Outcome) {
    return in_words("pass", "fail", "not_assessed");
}

struct Evidence {
    Kind kind = Kind::feed_frozen;
    Outcome outcome = Outcome::not_assessed;
    float margin = 0; // distance from the decision limit, in the kind's own unit; > 0 on the passing side
};

// What was assessed, and every other kind as not_assessed, in the order of the enum.
std::vector<Evidence> all_kinds(std::vector<Evidence> assessed);

// The reason of the first failed evidence (kinds.inc), a forgery before a fault of the feed;
// liveness_not_assessed if a required kind was not assessed (or is not there at all); empty if nothing speaks
// against. Reentrant.
std::optional<Reason> veto(std::span<const Evidence> evidence, std::span<const Kind> required) noexcept;

// What every policy demands beside presence (presence.hpp): the feed of a running camera. An operator may
// demand more, never less.
std::span<const Kind> always_required() noexcept;

} // namespace kaomon::liveness
