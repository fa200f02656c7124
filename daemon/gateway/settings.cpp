#include "daemon/gateway/settings.hpp"

#include "drivers/base/spelling.hpp"
#include "drivers/base/text_file.hpp"
#include "drivers/base/toml_screen.hpp"
#include "drivers/base/toml_text.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <variant>

namespace kaomon::gateway {
namespace {

constexpr std::size_t largest_file = 16 * 1024, max_text = 1024, max_names = 16;

using Target =
    std::variant<std::uint16_t*, bool*, std::string*, std::vector<std::string>*, std::filesystem::path*>;
struct Key {
    std::string_view name, allowed, meaning;
    Target (*target)(Settings&);
    bool (*item)(std::string_view) = nullptr; // of a list
};

bool is_host_name(std::string_view text) {
    return is_dns_name(text) || !canonical_address(text).empty();
}

constexpr std::array keys{
    Key{"port", "a whole number, 1024..65535",
        "The port on this computer (127.0.0.1 and ::1), for its own pages and nobody else.",
        [](Settings& s) -> Target { return &s.port; }},
    Key{"lan_listen", R"("ADDRESS:PORT" of this computer, "[ADDRESS]:PORT" for IPv6, or empty)",
        "Where computers of the LAN connect, by TLS and with a certificate that they get by kaomonctl "
        "gateway "
        "pair.\n# Empty: the LAN stays closed. kaomon-gateway.service lets only this computer in until its "
        "drop-in says\n# otherwise, see kaomon-gateway(8).",
        [](Settings& s) -> Target { return &s.lan_listen; }},
    Key{"lan_names", "a list of at most 16 DNS names or addresses",
        "By which names the LAN calls this computer: they stand in its certificate, and no other is "
        "answered.\n"
        "# Empty: the address of lan_listen.",
        [](Settings& s) -> Target { return &s.lan_names; }, is_host_name},
    Key{"origins", R"(a list of at most 16 origins, such as "https://reception.example")",
        "Pages of other servers that may connect from a paired browser, for a reception system that is a "
        "page.",
        [](Settings& s) -> Target { return &s.origins; }, is_tls_origin},
    Key{"tls12", "true or false",
        "Also TLS 1.2, with AEAD suites and forward secrecy, for old runtimes. Otherwise TLS 1.3 alone.",
        [](Settings& s) -> Target { return &s.tls12; }},
    Key{"patient_group", "a group's name, or empty",
        "Members may open the patient's page. The service must be a member, too. Empty: kaomon-gateway.",
        [](Settings& s) -> Target { return &s.patient_group; }},
    Key{"staff_group", "a group's name, or empty", "The same for the staff's page.",
        [](Settings& s) -> Target { return &s.staff_group; }},
    Key{"socket", "an absolute path", "kaomond's socket.", [](Settings& s) -> Target { return &s.socket; }},
    Key{"pages", "an absolute path", "The folder of the pages.",
        [](Settings& s) -> Target { return &s.pages; }},
    Key{"state", "an absolute path", "The folder of the certificates and of the paired peers.",
        [](Settings& s) -> Target { return &s.state; }},
    Key{"run", "an absolute path", "The folder of the pages' tokens, made anew at each start.",
        [](Settings& s) -> Target { return &s.run; }},
};

bool is_plain(std::string_view text) {
    return text.size() <= max_text && std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
           });
}

bool take(const toml::node& node, std::uint16_t& target) {
    const auto number = node.value_exact<std::int64_t>();
    if (!number || *number < 1024 || *number > 65'535)
        return false;
    target = static_cast<std::uint16_t>(*number);
    return true;
}
bool take(const toml::node& node, bool& target) {
    const auto given = node.value_exact<bool>();
    target = given.value_or(target);
    return given.has_value();
}
bool take(const toml::node& node, std::string& target) {
    const auto text = node.value_exact<std::string>();
    if (!text || !is_plain(*text))
        return false;
    target = *text;
    return true;
}
bool take(const toml::node& node, std::filesystem::path& target) {
    std::string text;
    if (!take(node, text) || !text.starts_with('/'))
        return false;
    target = text;
    return true;
}
bool take_list(const toml::node& node, std::vector<std::string>& target, bool (*takes)(std::string_view)) {
    const toml::array* list = node.as_array();
    if (list == nullptr || list->size() > max_names)
        return false;
    target.clear();
    for (const toml::node& item : *list) {
        if (!take(item, target.emplace_back()) || !takes(target.back()))
            return false;
    }
    return true;
}
bool take(const toml::node& node, const Key& key, Settings& settings) {
    return std::visit(
        [&](auto* target) {
            if constexpr (std::is_same_v<decltype(target), std::vector<std::string>*>)
                return take_list(node, *target, key.item);
            else
                return take(node, *target);
        },
        key.target(settings));
}

std::string written(const std::string& text) {
    return toml_text(text);
}
std::string written(const std::filesystem::path& path) {
    return toml_text(path.string());
}
std::string written(bool value) {
    return value ? "true" : "false";
}
std::string written(std::uint16_t number) {
    return std::to_string(number);
}
std::string written(const std::vector<std::string>& list) {
    std::string text;
    for (const auto& item : list)
        text += (text.empty() ? "" : ", ") + written(item);
    return '[' + text + ']';
}

// What no single key can tell; empty: nothing.
std::string relation_of(const Settings& settings) {
    const auto lan = settings.lan();
    if (!settings.lan_listen.empty() && !lan)
        return "lan_listen: must be " + std::string(keys[1].allowed);
    if (lan && is_any_address(lan->address) && settings.lan_names.empty())
        return "lan_names: with every address listened on, the names must be given";
    if (lan && lan->port == settings.port)
        return "lan_listen: must have another port than port";
    if (settings.socket.native().size() > 107) // sun_path less its final zero
        return "socket: must be at most 107 bytes long";
    return {};
}

} // namespace

std::filesystem::path Settings::token_file(std::string_view page) const {
    return run / (std::string(page) + ".token");
}

std::vector<std::string> Settings::names_in_lan() const {
    std::vector<std::string> names;
    for (const std::string& name : lan_names) {
        const auto address = canonical_address(name);
        names.push_back(address.empty() ? name : address);
    }
    if (const auto here = lan(); here && names.empty())
        names.push_back(here->address);
    return names;
}

Result<Settings> parse_settings(std::string_view toml_text_, std::string_view name) {
    const auto refuse = [name](std::uint32_t line, const std::string& why) {
        return fail(Reason::config_invalid, std::string(name) + ':' + std::to_string(line) + ": " + why);
    };
    if (toml_text_.size() > largest_file)
        return refuse(1, "larger than 16 KiB");
    if (const auto flaw = screen_toml(toml_text_))
        return refuse(flaw->line, "not valid TOML: " + flaw->text);
    try {
        const toml::table parsed = toml::parse(toml_text_, name);
        Settings settings;
        std::vector<std::string_view> names;
        for (const Key& key : keys)
            names.push_back(key.name);
        for (const auto& [typed, node] : parsed) {
            const auto line = typed.source().begin.line;
            const auto key = std::ranges::find(keys, typed.str(), &Key::name);
            if (key == keys.end()) {
                const auto meant = nearest(typed.str(), names);
                return refuse(line,
                              (is_plain(typed.str()) ? std::string(typed.str().substr(0, 40))
                                                     : std::string("(a strange name)")) +
                                  ": unknown key" +
                                  (meant.empty() ? "" : "; did you mean \"" + std::string(meant) + "\"?"));
            }
            if (!take(node, *key, settings))
                return refuse(line, std::string(key->name) + ": must be " + std::string(key->allowed));
        }
        if (const auto wrong = relation_of(settings); !wrong.empty())
            return refuse(1, wrong);
        return settings;
    } catch (const toml::parse_error& error) {
        const std::string_view why = error.description();
        return refuse(error.source().begin.line,
                      is_plain(why) ? "not valid TOML: " + std::string(why) : "not valid TOML");
    }
}

Result<Settings> load_settings(const std::filesystem::path& file) {
    const auto text = read_text_file(file, largest_file);
    if (!text)
        return fail(Reason::config_invalid,
                    file.string() + ":1: cannot be read: " + std::strerror(text.error()));
    return parse_settings(*text, file.string());
}

Result<Settings> load_installed_settings() {
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::symlink_status(installed_settings, error)))
        return Settings{};
    return load_settings(installed_settings);
}

std::string default_settings() {
    std::string text = "# kaomon-gateway: what pages on this computer and computers of the LAN reach kaomond "
                       "through. Off until\n# `kaomonctl gateway enable`. These are the defaults.\n";
    Settings defaults;
    for (const Key& key : keys) {
        text += "\n# " + std::string(key.meaning) + "\n# " + std::string(key.allowed) + "\n#" +
                std::string(key.name) + " = " +
                std::visit([](auto* value) { return written(*value); }, key.target(defaults)) + '\n';
    }
    return text;
}

} // namespace kaomon::gateway
