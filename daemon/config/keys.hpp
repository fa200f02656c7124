// Every key of the configuration file, once: the parser, the default file and so the manual are made from
// this table.
#pragma once

#include "daemon/config/config.hpp"

#include <span>
#include <variant>

namespace kaomon::config {

// Where a value goes; its kind says what the file must have there. Of an enum, its words.
using Target = std::variant<std::string*, std::filesystem::path*, bool*, int*, std::uint8_t*, std::uint64_t*,
                            Milliseconds*, std::vector<std::string>*, std::vector<std::filesystem::path>*,
                            camera::Source*, camera::Presentation*, face::Backend*, PolicyName*,
                            std::vector<liveness::Kind>*, std::vector<Method>*, std::vector<Attribute>*>;

struct Key {
    std::string_view section, name;
    std::string_view meaning; // one or two lines for the default file
    Target (*target)(Config&);
    std::int64_t lowest = 0, highest = 0; // of numbers
    bool may_be_empty = false;            // of texts and paths; lists may
    // Why a word that is known elsewhere is none of the allowed ones; "" for any other. Null: there are none.
    std::string_view (*refused)(std::string_view word) = nullptr;
};

struct Section {
    std::string_view name, meaning;
};

std::span<const Section> sections() noexcept;
std::span<const Key> keys() noexcept; // in the order of sections()

// "a whole number, 10..3600", "one of: v4l2, simulated": what stands in the default file and in errors.
std::string what_is_allowed(const Key& key);

// What stands behind "key = " in a file. Reentrant.
std::string value_as_toml(const Key& key, const Config& config);
// The same of what a person typed: quotes are put around texts, brackets around lists (a,b). It may be none
// that is allowed.
std::string text_as_toml(const Key& key, std::string_view typed);

} // namespace kaomon::config
