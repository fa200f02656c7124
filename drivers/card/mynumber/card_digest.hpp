// Knows a card again without knowing whose it is: keyed digests of what it says of itself.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/card/mynumber/keyed_digest.hpp"

#include <array>
#include <cstdint>
#include <filesystem>

namespace kaomon::card::mynumber {

using CardDigest = KeyedDigest;

// What a card is known by. The first two are there without any secret; the chip's key is that of the signed
// record, and the only one that nobody else can show.
enum class CardTrait : std::uint8_t { card_information, sign_in_certificate, chip_key, file };

// The key under which one desk knows cards: another desk's digests of the same card have nothing in common
// with these, and without the key they tell no card from another. Reentrant.
class CardDigestKey {
  public:
    CardDigestKey(); // fresh, for as long as it lives

    // 64 hexadecimal digits in a file of ours, mode 0600, made where there is none. One that cannot be used
    // (damaged, readable by others) is replaced: what was remembered under it is then unreadable, and whoever
    // reads it notices (daemon/session/suspicion.hpp). Reason: suspicion_unwritable.
    static Result<CardDigestKey> load_or_create(const std::filesystem::path& file);

    CardDigest of(CardTrait trait, ByteView bytes) const;

  private:
    SecretBytes key_; // 32 bytes
};

} // namespace kaomon::card::mynumber
