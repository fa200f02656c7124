// BER-TLV as far as these cards use it: tags of one or two bytes, definite lengths of up to 65535.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/base/secret.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kaomon::card {

struct Tlv {
    std::uint16_t tag = 0;
    ByteView value; // within the bytes that were read
    ByteView whole; // tag, length and value: what signatures are taken over
};

// The object at the start of `bytes`, which may go on behind it. Reason: card_data_malformed (cut short, a
// length form not used by cards).
Result<Tlv> read_tlv(ByteView bytes);

// All objects of a constructed value, in order. Bytes FF or 00 where a tag should be end the list (filler).
// At most 64 objects. Not recursive: nothing can loop. Reason: card_data_malformed.
Result<std::vector<Tlv>> read_tlv_list(ByteView bytes);

// The first object with that tag.
std::optional<Tlv> find_tlv(const std::vector<Tlv>& list, std::uint16_t tag) noexcept;

// The length of the whole object that starts with these bytes (2..6 are enough), to know how much to read.
Result<std::size_t> whole_length(ByteView start);

// Writes one object in the shortest form.
void append_tlv(SecretBytes& out, std::uint16_t tag, ByteView value);
// The characters as they are. Reentrant.
SecretBytes bytes_of(std::string_view characters);

} // namespace kaomon::card
