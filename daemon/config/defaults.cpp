#include "daemon/config/config.hpp"
#include "daemon/config/keys.hpp"
#include "drivers/base/toml_text.hpp"

#include <string>
#include <type_traits>

namespace kaomon::config {
namespace {

std::string written(const std::string& text) {
    return toml_text(text);
}
std::string written(const std::filesystem::path& path) {
    return written(path.string());
}
std::string written(Milliseconds time) {
    return std::to_string(time.count());
}
std::string written(bool value) {
    return value ? "true" : "false";
}
template<std::integral T>
std::string written(T number) {
    return std::to_string(number);
}
template<Worded E>
std::string written(E value) {
    return written(std::string(word(value)));
}
template<class T>
std::string written(const std::vector<T>& list) {
    std::string text;
    for (const auto& item : list)
        text += (text.empty() ? "" : ", ") + written(item);
    return '[' + text + ']';
}

template<class T>
constexpr bool is_list = false;
template<class T>
constexpr bool is_list<std::vector<T>> = true;

std::string comment(std::string_view lines) {
    std::string text = "# ";
    for (const char character : lines)
        text += character == '\n' ? std::string("\n# ") : std::string(1, character);
    return text + '\n';
}

} // namespace

std::string value_as_toml(const Key& key, const Config& config) {
    Config copy = config; // the table's targets are for writing, too
    return std::visit([](auto* value) { return written(*value); }, key.target(copy));
}

std::string text_as_toml(const Key& key, std::string_view typed) {
    Config any;
    const auto quoted = [](std::string_view one) {
        return one.starts_with('"') ? std::string(one) : written(std::string(one));
    };
    return std::visit(
        [&]<class T>(T*) -> std::string {
            if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, Milliseconds>) {
                return std::string(typed);
            } else if constexpr (is_list<T>) {
                if (typed.starts_with('['))
                    return std::string(typed);
                std::string list;
                for (std::size_t from = 0; from < typed.size();) {
                    const auto comma = std::min(typed.find(',', from), typed.size());
                    list += (list.empty() ? "" : ", ") + quoted(typed.substr(from, comma - from));
                    from = comma + 1;
                }
                return '[' + list + ']';
            } else {
                return quoted(typed);
            }
        },
        key.target(any));
}

std::string defaults_as_toml() {
    std::string text =
        "# The configuration of kaomond, with every key at its default.\n"
        "# A key that is left out has the value shown here. Check a change with: kaomond --check-config\n";
    Config defaults;
    for (const auto& section : sections()) {
        text += '\n' + comment(section.meaning) + '[' + std::string(section.name) + "]\n";
        for (const auto& key : keys()) {
            if (key.section != section.name)
                continue;
            text += comment(key.meaning) + comment("(" + what_is_allowed(key) + ")");
            text += std::string(key.name) + " = " + value_as_toml(key, defaults) + '\n';
        }
    }
    return text;
}

} // namespace kaomon::config
