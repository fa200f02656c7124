#include "tools/clinic/network/expectation.hpp"

#include "drivers/base/toml_screen.hpp"
#include "tools/clinic/network/address.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace kaomon::data {
extern const std::string_view expectations_toml;
}

namespace kaomon::network {
namespace {

constexpr std::size_t largest_file = 64 * 1024; // bytes
constexpr std::size_t most_entries = 40;
constexpr std::size_t longest_host = 253; // RFC 1035

[[noreturn]] void refuse(const std::string& what) {
    throw std::invalid_argument(what);
}

std::string host_of(const std::string& text) {
    const bool fits = !text.empty() && text.size() <= longest_host && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '.' || c == ':' || c == '_';
    });
    if (!fits && !read_address(text)) // the scope of an address: %eth0
        refuse("'" + text.substr(0, 60) + "' is no host");
    return text;
}

HostPort host_port(const std::string& text) {
    std::istringstream in(text);
    HostPort found;
    int port = 0;
    std::string more;
    if (!(in >> found.host >> port) || (in >> more) || port < 1 || port > 65535)
        refuse("'" + text.substr(0, 60) + "' is not HOST PORT");
    found.host = host_of(found.host);
    found.port = static_cast<std::uint16_t>(port);
    return found;
}

std::string text_of(const toml::table& section, const char* key) {
    const auto* found = section.get(key);
    if (found == nullptr)
        return {};
    const auto value = found->value_exact<std::string>();
    if (!value || value->size() > 400)
        refuse(std::string(key) + " is no text");
    return *value;
}

std::vector<std::string> list_of(const toml::table& section, const char* key) {
    std::vector<std::string> texts;
    const auto* found = section.get(key);
    if (found == nullptr)
        return texts;
    if (!found->is_array() || found->as_array()->size() > most_entries)
        refuse(std::string(key) + " is no list, or too long");
    for (const toml::node& one : *found->as_array()) {
        const auto value = one.value_exact<std::string>();
        if (!value)
            refuse(std::string(key) + " holds something that is no text");
        texts.push_back(*value);
    }
    return texts;
}

double limit_of(const toml::table& section, const char* key, double otherwise, double least, double most) {
    const auto* found = section.get(key);
    if (found == nullptr)
        return otherwise;
    const auto value = found->value<double>();
    if (!found->is_number() || !value || !(*value >= least && *value <= most))
        refuse(fmt::format("{} is no number from {} to {}", key, least, most));
    return *value;
}

std::string address_of(const std::string& text) {
    if (!read_address(text))
        refuse("'" + text.substr(0, 60) + "' is no address");
    return text;
}

Expectation expectation_of(const std::string& line, const toml::table& section) {
    Expectation one;
    one.line = line;
    one.name = {text_of(section, "name"), text_of(section, "name_en")};
    if (one.name.ja.empty())
        one.name = {line, line};
    for (const std::string& family : list_of(section, "families")) {
        if (family != "ipv4" && family != "ipv6")
            refuse("families holds '" + family.substr(0, 20) + "'");
        (family == "ipv4" ? one.ipv4 : one.ipv6) = true;
    }
    for (const std::string& address : list_of(section, "dns"))
        one.dns.push_back(address_of(address));
    for (const std::string& name : list_of(section, "names"))
        one.names.push_back(host_of(name));
    for (const std::string& host : list_of(section, "hosts"))
        one.hosts.push_back(host_port(host));
    if (const std::string proxy = text_of(section, "proxy"); !proxy.empty())
        one.proxy = host_port(proxy);
    if (const std::string target = text_of(section, "proxy_target"); !target.empty())
        one.proxy_target = host_port(target);
    if (const std::string ntp = text_of(section, "ntp"); !ntp.empty())
        one.ntp = host_of(ntp);
    one.closed = section["closed"].value_or(false);
    one.clock_limit = limit_of(section, "clock_limit", 1, 0.01, 3600);
    one.answer_limit = limit_of(section, "answer_limit", 500, 1, 10'000);
    one.mtu_limit = static_cast<int>(limit_of(section, "mtu_limit", 1280, 576, 9000));
    one.source = {text_of(section, "source"), text_of(section, "source_en")};
    if (const auto seen = section["seen"].value_exact<toml::date>()) {
        one.seen =
            std::chrono::year(seen->year) / std::chrono::month(seen->month) / std::chrono::day(seen->day);
        if (!one.seen.ok())
            refuse("seen is no day");
    }
    return one;
}

} // namespace

Outcome<std::vector<Expectation>> parse(std::string_view text) {
    std::string why;
    if (text.size() > largest_file) {
        why = "larger than 64 KiB";
    } else if (const auto flaw = screen_toml(text)) {
        why = fmt::format("line {}: {}", flaw->line, flaw->text);
    } else {
        try {
            std::vector<Expectation> all;
            const toml::table parsed = toml::parse(text);
            for (const auto& [name, node] : parsed) {
                if (!node.is_table() || all.size() == most_entries)
                    refuse(std::string(name.str()) + " is no section");
                all.push_back(expectation_of(std::string(name.str()), *node.as_table()));
            }
            if (all.empty())
                refuse("no line is described");
            return all;
        } catch (const toml::parse_error& error) {
            why = fmt::format("line {}: {}", error.source().begin.line, error.description());
        } catch (const std::invalid_argument& error) {
            why = error.what();
        }
    }
    return trouble(
        exit_usage, "expectations_invalid",
        {"回線の期待値のファイルを読めません（" + why + "）。", "the expectations cannot be read: " + why},
        {"--expect を付けなければ、内蔵の値を使います。", "without --expect the built-in ones are used"});
}

const std::vector<Expectation>& built_in() {
    static const auto all = parse(data::expectations_toml).value();
    return all;
}

} // namespace kaomon::network
