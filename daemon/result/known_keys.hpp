// The public keys of a device: of those that sign now, will sign and have signed. They stand beside the
// signing key as KEY.public, so that a lost key is known to be lost and old signatures can be checked for
// years.
#pragma once

#include "daemon/result/ed25519.hpp"
#include "drivers/base/result.hpp"
#include "proto/words.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kaomon::result {

enum class KeyState : std::uint8_t {
    signs,
    announced, // will sign after a rotation; GetKeys gives it out beforehand
    published, // has signed; GetKeys still gives it out
    retired,   // has signed; only the audit record is still checked with it
};
consteval auto words_of(KeyState) {
    return in_words("signs", "announced", "published", "retired");
}

struct KnownKey {
    PublicKey key{};
    KeyState state = KeyState::signs;
    friend bool operator==(const KnownKey&, const KnownKey&) = default;
};

class KnownKeys {
  public:
    static constexpr std::size_t most = 64;

    // None where there is no file. Reason: key_unreadable.
    static Result<KnownKeys> load(const std::filesystem::path& file);
    static Result<KnownKeys> from_json(std::string_view json);
    Result<void> save(const std::filesystem::path& file) const; // reason: key_unreadable

    std::string to_json() const; // a JWK set (RFC 7517) whose keys have a member "state" more
    // For GetKeys: the one that signs first, none that is retired. {"keys":[{"kty":"OKP",…}]}
    std::string jwk_set() const;
    std::string jwk_set_with_retired() const;

    bool empty() const noexcept { return keys_.empty(); }
    const std::vector<KnownKey>& keys() const noexcept { return keys_; }
    const KnownKey* find(const PublicKey& key) const;
    const KnownKey* find(std::string_view key_id) const;
    // That key signs from now on; the one before stays published. False: nothing changed.
    bool now_signs(const PublicKey& key);
    // Whichever was announced before is no longer.
    bool announce(const PublicKey& key);
    bool withdraw_announced();
    // Reason: parameter_invalid (no such key, or it is not published).
    Result<void> retire(std::string_view key_id);

    friend bool operator==(const KnownKeys&, const KnownKeys&) = default;

  private:
    std::vector<KnownKey> keys_; // the one that signs first
};

// Where they stand.
inline std::filesystem::path known_keys_file(const std::filesystem::path& key) {
    return key.string() + ".public";
}
inline std::filesystem::path next_key_file(const std::filesystem::path& key) {
    return key.string() + ".next";
}

} // namespace kaomon::result
