#include "drivers/card/tlv.hpp"

#include <algorithm>

namespace kaomon::card {
namespace {

constexpr std::size_t most_objects = 64;

struct Head {
    std::uint16_t tag;
    std::size_t head;  // bytes of tag and length
    std::size_t value; // bytes of the value
};

Result<Head> read_head(ByteView bytes) {
    const auto cut = [] { return fail(Reason::card_data_malformed, "TLV object cut short"); };
    std::size_t at = 0;
    if (bytes.empty())
        return cut();
    std::uint16_t tag = bytes[at++];
    if ((tag & 0x1F) == 0x1F) { // the tag goes on in the next byte
        if (at >= bytes.size())
            return cut();
        if ((bytes[at] & 0x80) != 0)
            return fail(Reason::card_data_malformed, "TLV tag of three bytes");
        tag = static_cast<std::uint16_t>(tag << 8 | bytes[at++]);
    }
    if (at >= bytes.size())
        return cut();
    std::size_t length = bytes[at++];
    if (length >= 0x80) {
        const std::size_t more = length & 0x7F;
        if (more < 1 || more > 2)
            return fail(Reason::card_data_malformed, "TLV length form not used by cards");
        if (bytes.size() - at < more)
            return cut();
        length = 0;
        for (std::size_t i = 0; i < more; ++i)
            length = length << 8 | bytes[at++];
    }
    return Head{tag, at, length};
}

} // namespace

Result<Tlv> read_tlv(ByteView bytes) {
    const auto head = read_head(bytes);
    if (!head)
        return std::unexpected(head.error());
    if (bytes.size() - head->head < head->value) {
        return fail(Reason::card_data_malformed, "TLV value longer than what holds it");
    }
    return Tlv{head->tag, bytes.subspan(head->head, head->value), bytes.first(head->head + head->value)};
}

Result<std::vector<Tlv>> read_tlv_list(ByteView bytes) {
    std::vector<Tlv> list;
    while (!bytes.empty()) {
        const bool filler = bytes[0] == 0x00 || (bytes[0] == 0xFF && (bytes.size() < 2 || bytes[1] == 0xFF));
        if (filler)
            break;
        if (list.size() == most_objects)
            return fail(Reason::card_data_malformed, "too many TLV objects");
        const auto object = read_tlv(bytes);
        if (!object)
            return std::unexpected(object.error());
        list.push_back(*object);
        bytes = bytes.subspan(object->whole.size());
    }
    return list;
}

std::optional<Tlv> find_tlv(const std::vector<Tlv>& list, std::uint16_t tag) noexcept {
    const auto found = std::ranges::find(list, tag, &Tlv::tag);
    if (found == list.end())
        return std::nullopt;
    return *found;
}

Result<std::size_t> whole_length(ByteView start) {
    const auto head = read_head(start);
    if (!head)
        return std::unexpected(head.error());
    return head->head + head->value;
}

void append_tlv(SecretBytes& out, std::uint16_t tag, ByteView value) {
    const auto low = [](std::size_t n) { return static_cast<std::uint8_t>(n & 0xFF); };
    if (tag > 0xFF)
        out.push_back(low(tag >> 8U));
    out.push_back(low(tag));
    if (value.size() > 0xFF) {
        out.insert(out.end(), {0x82, low(value.size() >> 8)});
    } else if (value.size() > 0x7F) {
        out.push_back(0x81);
    }
    out.push_back(low(value.size()));
    out.insert(out.end(), value.begin(), value.end());
}

SecretBytes bytes_of(std::string_view characters) {
    return {characters.begin(), characters.end()};
}

} // namespace kaomon::card
