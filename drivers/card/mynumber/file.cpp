#include "drivers/card/mynumber/file.hpp"

#include "drivers/card/tlv.hpp"

#include <algorithm>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t first_block =
    256; // bytes: what every reader and card takes; the head of an object is in it

Result<Response> select(CardTransaction& card, FileId file) {
    const auto high = static_cast<std::uint8_t>(file >> 8);
    const auto low = static_cast<std::uint8_t>(file & 0xFF);
    // P1 02: file below the current application; P2 0C: no answer data
    return exchange(card, {0x00, 0xA4, 0x02, 0x0C, SecretBytes{high, low}, 0});
}

bool starts_with_tag(ByteView bytes, std::uint16_t tag) {
    if (tag <= 0xFF)
        return !bytes.empty() && bytes[0] == tag;
    return bytes.size() >= 2 && bytes[0] == tag >> 8 && bytes[1] == (tag & 0xFF);
}

// As many bytes as the file has, at most `length`.
Result<SecretBytes> read_up_to(CardTransaction& card, std::size_t offset, std::size_t length) {
    SecretBytes bytes;
    bytes.reserve(length);
    const std::size_t block = std::clamp<std::size_t>(card.read_block(), 1, 65536);
    while (bytes.size() < length) {
        const std::size_t at = offset + bytes.size();
        if (at > largest_offset)
            return fail(Reason::card_data_malformed, "a file beyond the offsets there are");
        const std::size_t wanted = std::min(block, length - bytes.size());
        const auto response = exchange(card, {0x00,
                                              0xB0,
                                              static_cast<std::uint8_t>(at >> 8),
                                              static_cast<std::uint8_t>(at & 0xFF),
                                              {},
                                              static_cast<std::uint32_t>(wanted)});
        if (!response)
            return std::unexpected(response.error());
        const bool ended = response->status == sw::end_of_file || response->status == sw::offset_beyond_end;
        if (!ended && response->status != sw::ok)
            return unexpected_status("READ BINARY", response->status);
        if (response->data.size() > wanted)
            return fail(Reason::card_error, "READ BINARY gave more than was asked");
        bytes.insert(bytes.end(), response->data.begin(), response->data.end());
        if (ended || response->data.empty())
            break;
    }
    return bytes;
}

} // namespace

std::unexpected<Failure> unexpected_status(std::string_view what, StatusWord status) {
    const Bytes bytes{status.high(), status.low()};
    return fail(Reason::card_error, std::string(what) + " answered " + to_hex(bytes));
}

Result<bool> select_file_if_there(CardTransaction& card, FileId file) {
    const auto response = select(card, file);
    if (!response)
        return std::unexpected(response.error());
    if (is_not_found(response->status))
        return false;
    if (response->status != sw::ok)
        return unexpected_status("SELECT of a file", response->status);
    return true;
}

Result<void> select_file(CardTransaction& card, FileId file) {
    const auto there = select_file_if_there(card, file);
    if (!there)
        return std::unexpected(there.error());
    if (!*there)
        return unexpected_status("SELECT of a file", sw::file_not_found);
    return {};
}

Result<SecretBytes> read_file(CardTransaction& card, std::size_t offset, std::size_t length) {
    auto bytes = read_up_to(card, offset, length);
    if (bytes && bytes->size() < length)
        return fail(Reason::card_data_malformed, "a file shorter than its own length");
    return bytes;
}

Result<SecretBytes> read_object(CardTransaction& card, std::uint16_t tag, std::size_t limit,
                                std::size_t slack) {
    auto bytes = read_up_to(card, 0, first_block);
    if (!bytes)
        return bytes;
    std::size_t start = 0;
    while (start <= slack && !starts_with_tag(ByteView(*bytes).subspan(std::min(start, bytes->size())), tag))
        ++start;
    if (start > slack)
        return fail(Reason::card_data_malformed, "a file that does not start with its tag");
    const auto size = whole_length(ByteView(*bytes).subspan(start));
    if (!size)
        return std::unexpected(size.error());
    if (*size > limit)
        return fail(Reason::card_data_malformed, "an object over its limit");
    const std::size_t end = start + *size, read = bytes->size();
    if (end > read) {
        const auto rest = read_file(card, read, end - read);
        if (!rest)
            return std::unexpected(rest.error());
        bytes->insert(bytes->end(), rest->begin(), rest->end());
    }
    return SecretBytes(bytes->begin() + static_cast<std::ptrdiff_t>(start),
                       bytes->begin() + static_cast<std::ptrdiff_t>(end));
}

} // namespace kaomon::card::mynumber
