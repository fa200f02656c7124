// One line of a report about something that was looked at: a line, a reader, a certificate.
#pragma once

#include "proto/words.hpp"
#include "tools/words/language.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon {

// not_checkable: it cannot be looked at from here, or not yet. Never counted as good.
enum class Standing : unsigned char { good, attention, failed, not_checkable };
consteval auto words_of(Standing) {
    return in_words("good", "attention", "failed", "not_checkable");
}
Text standing_text(Standing standing);

struct Finding {
    std::string word; // snake_case, for machines: "dns"
    Text name;
    Standing standing = Standing::failed;
    Text expected, seen;
    Text ask; // what to do, or to ask whom; empty where it is good
};

// How many stand like that. Reentrant.
std::ptrdiff_t count(std::span<const Finding> findings, Standing standing);
// The advice of all of them, each once, in their order. Reentrant.
std::vector<Text> advice_of(std::span<const Finding> findings);

} // namespace kaomon
