// In which language the tools speak, and a sentence in both.
#pragma once

#include <string>
#include <string_view>

namespace kaomon {

enum class Language : unsigned char { japanese, english };

struct Text {
    std::string ja, en;
    friend bool operator==(const Text&, const Text&) = default;
};

// From LC_ALL, LC_MESSAGES, LANG, in this order: Japanese when the first that is set begins with "ja".
Language language_of_environment();

// The sentence in that language. Reentrant.
std::string_view say(Language language, std::string_view japanese, std::string_view english);
const std::string& say(Language language, const Text& text);

} // namespace kaomon
