#include "daemon/session/suspicion_text.hpp"

#include <charconv>
#include <ranges>

namespace kaomon::session {

using card::mynumber::CardDigest;

namespace {

constexpr std::string_view first_line = "kaomon suspicions 1\n";
constexpr std::size_t most_traits = 4;

template<class T>
std::optional<T> number_in(std::string_view text, int base) {
    T number{};
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (text.empty() || error != std::errc() || stop != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<CardDigest> digest_in(std::string_view text) {
    CardDigest digest{};
    if (text.size() != 2 * digest.size())
        return std::nullopt;
    for (std::size_t i = 0; i < digest.size(); ++i) {
        const auto byte = number_in<std::uint8_t>(text.substr(2 * i, 2), 16);
        if (!byte)
            return std::nullopt;
        digest[i] = *byte;
    }
    return digest;
}

std::optional<SuspicionEntry> entry_in(std::string_view line) {
    std::vector<std::string_view> fields;
    for (const auto field : std::views::split(line, ' '))
        fields.emplace_back(field.begin(), field.end());
    if (fields.size() < 2 || fields.size() > 2 + most_traits)
        return std::nullopt;
    const auto why = from_word<Reason>(fields[0]);
    const auto until = number_in<std::int64_t>(fields[1], 10);
    if (!why || !until)
        return std::nullopt;
    SuspicionEntry entry{{}, *why, *until};
    for (const auto field : std::span(fields).subspan(2)) {
        const auto trait = digest_in(field);
        if (!trait)
            return std::nullopt;
        entry.known_by.push_back(*trait);
    }
    if (entry.known_by.empty() != (*why == Reason::suspicion_unreadable))
        return std::nullopt; // an entry of nobody would weigh on everybody
    return entry;
}

} // namespace

std::string text_of(std::span<const SuspicionEntry> entries) {
    std::string text(first_line);
    for (const SuspicionEntry& one : entries) {
        text.append(word(one.why)).append(" ").append(std::to_string(one.until));
        for (const CardDigest& trait : one.known_by)
            text.append(" ").append(to_hex(trait));
        text += '\n';
    }
    return text;
}

std::optional<std::vector<SuspicionEntry>> read_suspicions(std::string_view text) {
    if (!text.starts_with(first_line))
        return std::nullopt;
    std::vector<SuspicionEntry> entries;
    for (text.remove_prefix(first_line.size()); !text.empty(); text.remove_prefix(text.find('\n') + 1)) {
        auto entry = text.contains('\n') ? entry_in(text.substr(0, text.find('\n'))) : std::nullopt;
        if (!entry || entries.size() == most_suspicions)
            return std::nullopt;
        entries.push_back(std::move(*entry));
    }
    return entries;
}

} // namespace kaomon::session
