#include "daemon/audit/chain.hpp"

#include "drivers/base/bytes.hpp"

#include <openssl/evp.h>

#include <array>

namespace kaomon::audit {
namespace {

constexpr std::string_view hash_member = R"(,"hash":")";
constexpr std::string_view line_end = R"("})";
constexpr std::size_t hash_digits = 64;
constexpr std::size_t hash_tail = hash_member.size() + hash_digits + line_end.size();

} // namespace

std::string sha256_hex(std::string_view text) {
    std::array<std::uint8_t, 32> digest{};
    std::size_t size = 0;
    if (EVP_Q_digest(nullptr, "SHA256", nullptr, text.data(), text.size(), digest.data(), &size) != 1)
        return {};
    return to_hex(digest);
}

std::string Chain::next_line(std::string_view members) const {
    std::string line = R"({"n":)" + std::to_string(count_ + 1) + ',';
    line.append(members).append(R"(,"prev":")").append(last_hash_).append("\"");
    const std::string hash = sha256_hex(line);
    return line.append(hash_member).append(hash).append(line_end).append("\n");
}

Result<void> Chain::accept(std::string_view line) {
    const std::uint64_t number = count_ + 1;
    const auto broken = [number](const char* why) {
        return fail(Reason::audit_broken, "line " + std::to_string(number) + ": " + why);
    };
    if (line.size() < hash_tail || line.size() > max_line)
        return broken("not a line of this record");
    const std::string_view body = line.substr(0, line.size() - hash_tail);
    const std::string_view tail = line.substr(body.size());
    const std::string_view hash = tail.substr(hash_member.size(), hash_digits);
    if (!tail.starts_with(hash_member) || !tail.ends_with(line_end))
        return broken("not a line of this record");
    if (hash != sha256_hex(body))
        return broken("does not fit its own hash");
    if (!body.starts_with(R"({"n":)" + std::to_string(number) + ','))
        return broken("another number was to follow");
    if (!body.ends_with(R"(,"prev":")" + last_hash_ + '"'))
        return broken("does not follow the line before");
    last_hash_ = hash;
    count_ = number;
    return {};
}

} // namespace kaomon::audit
