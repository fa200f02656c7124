#include "drivers/base/toml_screen.hpp"
#include "drivers/card/mynumber/rsa.hpp"
#include "drivers/card/mynumber/trust_store.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <sstream>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t most_keys = 256;          // in one file
constexpr std::size_t longest_provenance = 500; // bytes

std::unexpected<Failure> invalid(std::string_view name, const toml::source_region& where,
                                 std::string_view what) {
    std::ostringstream detail;
    detail << name << ':' << where.begin.line << ": " << what;
    return fail(Reason::trust_store_invalid, detail.str());
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

// White space may stand anywhere: a modulus takes several lines.
std::optional<Bytes> bytes_from_hex(std::string_view text) {
    Bytes bytes;
    int high = -1;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
            continue;
        const int digit = hex_digit(c);
        if (digit < 0)
            return std::nullopt;
        if (high >= 0)
            bytes.push_back(static_cast<std::uint8_t>(high << 4 | digit));
        high = high >= 0 ? -1 : digit;
    }
    if (high >= 0)
        return std::nullopt;
    return bytes;
}

Result<Bytes> hex_value(const toml::table& table, std::string_view key, std::string_view name) {
    const auto* text = table[key].as_string();
    if (text == nullptr)
        return invalid(name, table.source(), std::string(key) + " is missing or no text");
    auto bytes = bytes_from_hex(text->get());
    if (!bytes)
        return invalid(name, text->source(), std::string(key) + " is not hexadecimal");
    return std::move(*bytes);
}

Result<void> read_public_key(TrustedKey& key, const toml::table& table, std::string_view name) {
    auto modulus = hex_value(table, "modulus", name);
    if (!modulus)
        return std::unexpected(modulus.error());
    auto exponent = hex_value(table, "exponent", name);
    if (!exponent)
        return std::unexpected(exponent.error());
    if (!RsaKey{*modulus, *exponent}.usable()) {
        return invalid(name, table.source(),
                       "modulus must have 256 to 512 bytes, exponent must be odd and of 1 to 8 bytes");
    }
    key.modulus = std::move(*modulus);
    key.exponent = std::move(*exponent);
    return {};
}

Result<TrustedKey> read_key(const toml::table& table, std::string_view name) {
    constexpr std::array<std::string_view, 4> entries{"id", "modulus", "exponent", "provenance"};
    for (const auto& [key, value] : table) {
        if (std::ranges::find(entries, key.str()) == entries.end())
            return invalid(name, key.source(), "unknown entry \"" + std::string(key.str()) + '"');
    }
    auto id = hex_value(table, "id", name);
    if (!id)
        return std::unexpected(id.error());
    TrustedKey key;
    if (id->size() != key.id.size())
        return invalid(name, table.source(), "id is not of 16 bytes");
    std::ranges::copy(*id, key.id.begin());
    if (const auto read = read_public_key(key, table, name); !read)
        return std::unexpected(read.error());
    const auto* provenance = table["provenance"].as_string();
    if (provenance == nullptr || provenance->get().empty() || provenance->get().size() > longest_provenance) {
        return invalid(name, table.source(), "provenance must say in one line where this key is from");
    }
    key.provenance = provenance->get();
    return key;
}

std::string toml_string(std::string_view text) {
    std::ostringstream out;
    out << toml::value<std::string>{std::string(text)};
    return out.str();
}

} // namespace

Result<std::vector<TrustedKey>> parse_trust_file(std::string_view toml, std::string_view name) {
    if (const auto flaw = screen_toml(toml)) {
        return fail(Reason::trust_store_invalid,
                    std::string(name) + ":" + std::to_string(flaw->line) + ": " + flaw->text);
    }
    try {
        const toml::table file = toml::parse(toml, name);
        std::vector<TrustedKey> keys;
        for (const auto& [entry, value] : file) {
            if (entry != "key" || !value.is_array_of_tables()) {
                return invalid(name, entry.source(), "only [[key]] tables may stand here");
            }
            for (const auto& table : *value.as_array()) {
                auto key = read_key(*table.as_table(), name);
                if (!key)
                    return std::unexpected(std::move(key.error()));
                if (keys.size() == most_keys)
                    return invalid(name, value.source(), "too many keys");
                keys.push_back(std::move(*key));
            }
        }
        return keys;
    } catch (const toml::parse_error& error) {
        return invalid(name, error.source(), error.description());
    } catch (const std::exception& error) {
        return fail(Reason::trust_store_invalid, std::string(name) + ": " + error.what());
    }
}

std::string to_toml(const TrustedKey& key) {
    constexpr std::size_t line = 64; // hexadecimal digits
    const std::string number = to_hex(key.modulus);
    std::string text = "[[key]]\nid = \"" + to_hex(key.id) + "\"\nmodulus = \"\"\"\n";
    for (std::size_t at = 0; at < number.size(); at += line)
        text += number.substr(at, line) + '\n';
    return text + "\"\"\"\nexponent = \"" + to_hex(key.exponent) +
           "\"\nprovenance = " + toml_string(key.provenance) + '\n';
}

} // namespace kaomon::card::mynumber
