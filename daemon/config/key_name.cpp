#include "daemon/config/key_name.hpp"

#include "drivers/base/spelling.hpp"

#include <algorithm>
#include <vector>

namespace kaomon::config {

std::string name_of(const Key& key) {
    return std::string(key.section).append(".").append(key.name);
}

const Key* find_key(std::string_view name) {
    const auto found = std::ranges::find_if(keys(), [&](const Key& key) { return name_of(key) == name; });
    return found == keys().end() ? nullptr : &*found;
}

std::string nearest_key(std::string_view typed) {
    std::vector<std::string> names;
    for (const auto& key : keys())
        names.push_back(typed.contains('.') ? name_of(key) : std::string(key.name));
    const auto meant = nearest(typed, std::vector<std::string_view>(names.begin(), names.end()));
    const auto found = std::ranges::find(names, meant);
    return found == names.end() ? std::string()
                                : name_of(keys()[static_cast<std::size_t>(found - names.begin())]);
}

std::string refusal_of(const Key& key) {
    return name_of(key) + ": must be " + what_is_allowed(key);
}

} // namespace kaomon::config
