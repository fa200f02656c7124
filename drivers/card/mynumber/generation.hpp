// The table of card generations: where each keeps what Kaomon reads. The driver and the simulated card read
// it. A row needs a source for every identifier in it: what is only announced gets none (decision 0031).
#pragma once

#include "drivers/base/bytes.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace kaomon::card::mynumber {

using FileId = std::uint16_t;
using Aid = std::array<std::uint8_t, 10>;

struct FileAddress { // a file of an application
    Aid application;
    FileId file;
};

struct Generation {
    std::string_view name;
    FileAddress card_info;           // free: expiry. The application by which the generation is told
    FileAddress sign_in_certificate; // free
    FileAddress sign_in_key;         // signs after the PIN
    FileAddress sign_in_pin;         // VERIFY
    FileAddress signer_certificate;  // free: CV certificate of the record's signer
    FileAddress access_number;       // VERIFY with verification number B (照合番号B)
    FileAddress photo_record;        // opened by it
    FileAddress chip_key;            // signs without a PIN, as the application's own key
    FileAddress attribute_number;    // VERIFY with the same number B, with tries of its own
    FileAddress attributes;          // opened by it: the holder's attributes as text
    FileAddress attribute_digests;   // opened by it: what is signed of them
    FileAddress attribute_signer;    // free: CV certificate of their signer
    std::string_view source;
};

namespace aid { // drivers/card/SPEC.md §1
inline constexpr Aid common{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00};
inline constexpr Aid face_check{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02};
inline constexpr Aid text{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08};
inline constexpr Aid jpki{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01};
} // namespace aid

// In the order in which a card is asked.
inline constexpr std::array<Generation, 1> generations{{{"2016",
                                                         {aid::common, 0x0001},
                                                         {aid::jpki, 0x000A},
                                                         {aid::jpki, 0x0017},
                                                         {aid::jpki, 0x0018},
                                                         {aid::face_check, 0x0004},
                                                         {aid::face_check, 0x0012},
                                                         {aid::face_check, 0x0002},
                                                         {aid::face_check, 0x001A},
                                                         {aid::text, 0x0015},
                                                         {aid::text, 0x0002},
                                                         {aid::text, 0x0003},
                                                         {aid::text, 0x0004},
                                                         "drivers/card/SPEC.md §1, §4, §7, §8, §9"}}};

inline constexpr const Generation& current_generation = generations[0];

} // namespace kaomon::card::mynumber
