#include "daemon/config/config.hpp"
#include "daemon/config/keys.hpp"

#include <string>
#include <type_traits>

namespace kaomon::config {
namespace {

// The defaults hold nothing that would need escaping; a test reads the whole file back.
std::string written(const std::string& text) {
    return '"' + text + '"';
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

std::string comment(std::string_view lines) {
    std::string text = "# ";
    for (const char character : lines)
        text += character == '\n' ? std::string("\n# ") : std::string(1, character);
    return text + '\n';
}

} // namespace

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
            text += std::string(key.name) + " = " +
                    std::visit([](auto* value) { return written(*value); }, key.target(defaults)) + '\n';
        }
    }
    return text;
}

} // namespace kaomon::config
