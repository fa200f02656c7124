// Elementary files of the current application: select, read.
#pragma once

#include "drivers/card/exchange.hpp"
#include "drivers/card/mynumber/generation.hpp"

namespace kaomon::card::mynumber {

inline constexpr std::size_t largest_offset = 0x7FFF; // READ BINARY has 15 bits for it

// A status word as a failure: card_error, "SELECT answered 6A82".
std::unexpected<Failure> unexpected_status(std::string_view what, StatusWord status);

// Makes a file current. Reasons: card_error (with the status word in the detail), the transport's.
Result<void> select_file(CardTransaction& card, FileId file);
// The same; false where the application has no such file (6A82, 6A83, 6A88).
Result<bool> select_file_if_there(CardTransaction& card, FileId file);
// `length` bytes of the current file from `offset` on, in blocks the reader takes. A file that ends earlier
// is card_data_malformed. Reasons: card_data_malformed (short, or beyond the offsets there are), card_error,
// the transport's.
Result<SecretBytes> read_file(CardTransaction& card, std::size_t offset, std::size_t length);

// The TLV object at the start of the current file: a first block of at most 256 bytes, which a short file may
// not fill, then as much as the head says and no more than `limit` bytes. `slack`: how many bytes before the
// object are passed over where the file does not start with `tag` (some cards put two bytes there,
// drivers/card/SPEC.md §4); they are not returned. Reasons: as read_file.
Result<SecretBytes> read_object(CardTransaction& card, std::uint16_t tag, std::size_t limit,
                                std::size_t slack = 0);

} // namespace kaomon::card::mynumber
