// Why the gateway does not do what it was asked for. Words of its own, beside proto/reasons.inc: they are for
// whoever connects a page or a program, and say nothing of a visit.
#pragma once

#include "proto/words.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace kaomon::gateway {

enum class Refusal : std::uint8_t {
#define X(word, code, english, japanese) word,
#include "daemon/gateway/refusals.inc"
#undef X
};
consteval auto words_of(Refusal) {
    return std::to_array<std::string_view>({
#define X(word, code, english, japanese) #word,
#include "daemon/gateway/refusals.inc"
#undef X
    });
}

// The HTTP status, or the close code of a WebSocket. Reentrant.
std::uint16_t code_of(Refusal why) noexcept;
std::string_view english(Refusal why) noexcept;
// {"error": word, "en": …, "ja": …}. Reentrant.
std::string as_json(Refusal why);

} // namespace kaomon::gateway
