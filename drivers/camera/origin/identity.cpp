#include "drivers/camera/origin/identity.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>

namespace kaomon::camera::origin {
namespace {

constexpr std::string_view first_line = "kaomon camera 1\n", last_line = "end\n";
constexpr std::size_t longest = 128; // characters; a USB string descriptor has at most 126
constexpr std::size_t most_formats = 512;

struct Member {
    std::string_view name;
    std::string Identity::* text;
};
constexpr std::array members{Member{"bus", &Identity::bus}, Member{"driver", &Identity::driver},
                             Member{"model", &Identity::model}, Member{"serial", &Identity::serial},
                             Member{"port", &Identity::port}};

// The rest of a line that begins with `name` and a space.
std::optional<std::string> take(std::string_view& text, std::string_view name) {
    if (!text.starts_with(name) || text.substr(name.size(), 1) != " ")
        return std::nullopt;
    const auto end = text.find('\n');
    if (end == std::string_view::npos)
        return std::nullopt;
    const auto value = text.substr(name.size() + 1, end - name.size() - 1);
    if (plain(value) != value)
        return std::nullopt;
    text.remove_prefix(end + 1);
    return std::string(value);
}

} // namespace

std::string plain(std::string_view text) {
    std::string made(text.substr(0, longest));
    std::ranges::replace_if(made, [](char c) { return c < 0x20 || c > 0x7E; }, '?');
    return made;
}

std::string text_of(const Identity& identity) {
    std::string text(first_line);
    for (const auto& [name, member] : members)
        text.append(name).append(" ").append(identity.*member).append("\n");
    for (const auto& format : identity.formats)
        text.append("format ").append(format).append("\n");
    return text.append(last_line);
}

std::optional<Identity> read_identity(std::string_view text) {
    if (!text.starts_with(first_line))
        return std::nullopt;
    text.remove_prefix(first_line.size());
    Identity identity;
    for (const auto& [name, member] : members) {
        auto value = take(text, name);
        if (!value)
            return std::nullopt;
        identity.*member = std::move(*value);
    }
    while (auto format = take(text, "format")) {
        if (identity.formats.size() == most_formats)
            return std::nullopt;
        identity.formats.push_back(std::move(*format));
    }
    return text == last_line ? std::optional(std::move(identity)) : std::nullopt;
}

std::string id_of(const Identity& identity) {
    std::uint64_t hash = 0xCBF29CE484222325; // FNV-1a, 64 bits
    for (const char c : text_of(identity))
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001B3;
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(hash));
    return digits.data();
}

std::string difference(const Identity& accepted, const Identity& now) {
    std::string text;
    const auto note = [&](std::string_view name, std::string_view before, std::string_view after) {
        text.append(text.empty() ? "" : "; ")
            .append(name)
            .append(" ")
            .append(before.empty() ? "(none)" : before);
        text.append(", now ").append(after.empty() ? "(none)" : after);
    };
    for (const auto& [name, member] : members) {
        if (accepted.*member != now.*member)
            note(name, accepted.*member, now.*member);
    }
    if (accepted.formats != now.formats)
        note("formats", std::to_string(accepted.formats.size()),
             std::to_string(now.formats.size()) + " others");
    return text;
}

} // namespace kaomon::camera::origin
