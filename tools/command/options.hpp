// What every command of a program knows.
#pragma once

#include "tools/words/language.hpp"

#include <optional>
#include <string>

namespace kaomon::command {

struct Options {
    std::string program;                 // "kaomonctl"
    Language usual = Language::english;  // where --lang does not say it
    std::optional<Language> chosen = {}; // --lang
    bool json = false;                   // lines of JSON instead of sentences

    Language language() const { return chosen.value_or(usual); }
};

} // namespace kaomon::command
