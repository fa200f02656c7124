// THE table of card generations: where each keeps what Kaomon reads, and what its keys sign with. The driver
// and the simulated card read it, so that an announced card is a row here.
#pragma once

#include "drivers/base/bytes.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace kaomon::card::mynumber {

using FileId = std::uint16_t;
using Aid = std::array<std::uint8_t, 10>;

enum class KeyKind : std::uint8_t { rsa, p384 };
enum class Hash : std::uint8_t { sha256, sha384 };

// How a key of a kind signs. `digest_info` stands in front of the digest that the card pads (RFC 8017, 9.2),
// and `digest_info_of_three` in front of the three digests of the photo record (card.md 1.5: of no standard).
// Both are empty where the card signs a digest as it is; the three digests are hashed once more then.
struct SignatureScheme {
    KeyKind key;
    Hash hash;
    std::array<std::uint8_t, 19> digest_info, digest_info_of_three;
    bool has_digest_info;
    std::uint16_t signature_size; // bytes; P-384: r and s, 48 bytes each
};

inline constexpr std::array<SignatureScheme, 2> signature_schemes{
    {{KeyKind::rsa, // V2, card.md 1.2; the record's: V1, 1.5
      Hash::sha256,
      {0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
       0x04, 0x20},
      {0x30, 0x71, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
       0x04, 0x60},
      true,
      256},
     // Announced: ECDSA on P-384 with SHA-384 (card.md 1.12). That the card takes the bare digest and answers
     // r|s is a GUESS of ours.
     {KeyKind::p384, Hash::sha384, {}, {}, false, 96}}};

constexpr const SignatureScheme& scheme_of(KeyKind kind) noexcept {
    return signature_schemes[kind == KeyKind::rsa ? 0 : 1];
}

struct FileAddress { // a file of an application
    Aid application;
    FileId file;
};

struct Generation {
    std::string_view name;
    bool guess;            // true: made up by us, from what is announced; no such card was ever seen
    FileAddress card_info; // free: expiry. The application by which the generation is told
    FileAddress sign_in_certificate; // free
    FileAddress sign_in_key;         // signs after the PIN
    FileAddress sign_in_pin;         // VERIFY
    FileAddress signer_certificate;  // free: CV certificate of the record's signer
    FileAddress access_number;       // VERIFY with verification number B (照合番号B)
    FileAddress photo_record;        // opened by it
    FileAddress chip_key;            // signs without a PIN, as the application's own key
    KeyKind key; // of what the simulated issuer makes; the driver goes by the keys it reads
    std::string_view source;
};

namespace aid { // card.md 1.1
inline constexpr Aid common{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00};
inline constexpr Aid face_check{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02};
inline constexpr Aid jpki{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01};
// GUESSES. The last byte F... is nobody's known application.
inline constexpr Aid next_face{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0xF2, 0x01};
inline constexpr Aid next_sign_in{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0xF2, 0x01};
} // namespace aid

// In the order in which a card is asked.
inline constexpr std::array<Generation, 2> generations{
    {{"2016",
      false,
      {aid::common, 0x0001},
      {aid::jpki, 0x000A},
      {aid::jpki, 0x0017},
      {aid::jpki, 0x0018},
      {aid::face_check, 0x0004},
      {aid::face_check, 0x0012},
      {aid::face_check, 0x0002},
      {aid::face_check, 0x001A},
      KeyKind::rsa,
      "card.md 1.1, 1.4, 1.7, 1.9"},
     // Announced for about 2028 (card.md 1.12): two applications instead of four, P-384. Everything else in
     // this row is a GUESS: identifiers, file ids (those of today), the card information beside the photo
     // record.
     {"next",
      true,
      {aid::next_face, 0x0007},
      {aid::next_sign_in, 0x000A},
      {aid::next_sign_in, 0x0017},
      {aid::next_sign_in, 0x0018},
      {aid::next_face, 0x0004},
      {aid::next_face, 0x0012},
      {aid::next_face, 0x0002},
      {aid::next_face, 0x001A},
      KeyKind::p384,
      "a guess of Kaomon's; announcement of 2024-03-18"}}};

inline constexpr const Generation& current_generation = generations[0];
inline constexpr const Generation& next_generation = generations[1];

} // namespace kaomon::card::mynumber
