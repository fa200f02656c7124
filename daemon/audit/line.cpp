#include "daemon/audit/line.hpp"

#include "drivers/base/bytes.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace kaomon::audit {
namespace {

constexpr std::string_view number_member = R"({"n":)";
constexpr std::string_view previous_member = R"(,"prev":")";
constexpr std::string_view hash_member = R"(,"hash":")";
constexpr std::string_view line_end = R"("})";
constexpr std::size_t hash_tail = hash_member.size() + hash_digits + line_end.size();
constexpr std::size_t previous_tail = previous_member.size() + hash_digits + 1;

bool is_hash(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

template<class T>
std::optional<T> number_before(std::string_view text, std::string_view ends) {
    T number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end == text.data() + text.size() || ends.find(*end) == ends.npos)
        return std::nullopt;
    return number;
}

// What follows `"name":`.
std::string_view value_of(std::string_view body, std::string_view name) {
    const std::string member = ",\"" + std::string(name) + "\":";
    const auto at = body.find(member);
    return at == body.npos ? std::string_view{} : body.substr(at + member.size());
}

} // namespace

std::string sha256_hex(std::string_view text) {
    std::array<std::uint8_t, 32> digest{};
    std::size_t size = 0;
    if (EVP_Q_digest(nullptr, "SHA256", nullptr, text.data(), text.size(), digest.data(), &size) != 1)
        return {};
    return to_hex(digest);
}

std::string_view Line::text(std::string_view name) const {
    const auto value = value_of(body, name);
    if (!value.starts_with('"'))
        return {};
    return value.substr(1, value.find('"', 1) - 1);
}

std::optional<std::int64_t> Line::whole_number(std::string_view name) const {
    return number_before<std::int64_t>(value_of(body, name), ",}");
}

std::optional<Line> take_apart(std::string_view line) {
    if (line.size() > max_line || line.size() < number_member.size() + previous_tail + hash_tail ||
        line.contains('\n') || !line.starts_with(number_member))
        return std::nullopt;
    Line parts;
    parts.body = line.substr(0, line.size() - hash_tail);
    const std::string_view tail = line.substr(parts.body.size());
    const std::string_view before = parts.body.substr(parts.body.size() - previous_tail);
    parts.hash = tail.substr(hash_member.size(), hash_digits);
    parts.previous = before.substr(previous_member.size(), hash_digits);
    const auto number = number_before<std::uint64_t>(line.substr(number_member.size()), ",");
    if (!number || *number == 0 || !tail.starts_with(hash_member) || !tail.ends_with(line_end) ||
        !before.starts_with(previous_member) || !before.ends_with('"') || !is_hash(parts.hash) ||
        !is_hash(parts.previous))
        return std::nullopt;
    parts.number = *number;
    return parts;
}

} // namespace kaomon::audit
