#include "tools/words/language.hpp"

#include <cstdlib>

namespace kaomon {

Language language_of_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0')
            return std::string_view(value).starts_with("ja") ? Language::japanese : Language::english;
    }
    return Language::english;
}

std::string_view say(Language language, std::string_view japanese, std::string_view english) {
    return language == Language::japanese ? japanese : english;
}

const std::string& say(Language language, const Text& text) {
    return language == Language::japanese ? text.ja : text.en;
}

} // namespace kaomon
