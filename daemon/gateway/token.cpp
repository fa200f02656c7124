#include "daemon/gateway/token.hpp"

#include "daemon/result/base64url.hpp"
#include "drivers/base/durable_file.hpp"

#include <grp.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace kaomon::gateway {
namespace {

constexpr std::size_t token_bytes = 32, most_offered = 8, longest_offer = 1024;
constexpr std::string_view token_prefix = "token.";

bool is_token_character(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
    return first == text.npos ? std::string_view() : text.substr(first, last - first + 1);
}

} // namespace

Result<std::string> make_token() {
    std::array<std::uint8_t, token_bytes> bytes{};
    if (RAND_priv_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return fail(Reason::internal_error, "no random bytes");
    return result::to_base64url(ByteView(bytes));
}

Result<void> write_token(const std::filesystem::path& file, const std::string& token,
                         const std::string& group) {
    gid_t gid = getegid();
    if (!group.empty()) {
        ::group entry{};
        ::group* found = nullptr;
        std::array<char, 16'384> strings{}; // members of a large group
        if (getgrnam_r(group.c_str(), &entry, strings.data(), strings.size(), &found) != 0 ||
            found == nullptr)
            return fail(Reason::config_invalid, "no group " + group);
        gid = found->gr_gid;
    }
    if (auto written =
            replace_file(file, token + '\n', Reason::socket_unusable, {.mode = 0600, .synced = Synced::no});
        !written)
        return written;
    // readable for the group only once it is the right one
    if (lchown(file.c_str(), static_cast<uid_t>(-1), gid) != 0)
        return fail(Reason::config_invalid, file.string() + ": not a member of group " + group +
                                                ": SupplementaryGroups= of kaomon-gateway.service");
    if (chmod(file.c_str(), 0640) != 0)
        return fail(Reason::socket_unusable, file.string() + ": " + std::strerror(errno));
    return {};
}

bool same_secret(std::string_view one, std::string_view other) noexcept {
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::optional<Offer> read_offer(std::string_view subprotocols) {
    Offer offer;
    if (subprotocols.size() > longest_offer)
        return std::nullopt;
    for (std::size_t count = 1; !subprotocols.empty(); ++count) {
        const auto comma = subprotocols.find(',');
        const auto one = trimmed(subprotocols.substr(0, comma));
        subprotocols = comma == subprotocols.npos ? std::string_view() : subprotocols.substr(comma + 1);
        if (one.empty() || count > most_offered || !std::ranges::all_of(one, is_token_character))
            return std::nullopt;
        if (one == "varlink") {
            offer.varlink = true;
        } else if (one.starts_with(token_prefix)) {
            if (!offer.token.empty())
                return std::nullopt;
            offer.token = one.substr(token_prefix.size());
        }
    }
    return offer;
}

} // namespace kaomon::gateway
