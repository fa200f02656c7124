// READ BINARY, READ RECORD, GET DATA, GET CHALLENGE.
#include "drivers/card/simulated/card.hpp"

#include <openssl/rand.h>

#include <algorithm>

namespace kaomon::card::simulated {
namespace {

constexpr std::uint8_t first_short_id = 0x01, last_short_id = 0x1E;

} // namespace

Card::Answer Card::read_binary(const Command& command) {
    std::size_t offset = 0;
    std::uint8_t sfi = 0;
    if ((command.p1 & 0x80) != 0) {
        sfi = static_cast<std::uint8_t>(command.p1 & 0x7F);
        if (sfi < first_short_id || sfi > last_short_id)
            return {sw::wrong_p1p2};
        offset = command.p2;
    } else {
        offset = static_cast<std::size_t>(command.p1) << 8 | command.p2;
    }
    if (const auto chosen = choose(sfi, FileKind::binary); chosen != sw::ok)
        return {chosen};
    if (!open(*file_))
        return {sw::security_not_met};
    if (command.ne == 0 || !command.data.empty())
        return {sw::wrong_length};
    const SecretBytes& content = file_->content;
    if (offset >= content.size())
        return {sw::offset_beyond_end};
    const std::size_t size = std::min<std::size_t>(command.ne, content.size() - offset);
    const auto from = content.begin() + static_cast<std::ptrdiff_t>(offset);
    return {size < command.ne ? sw::end_of_file : sw::ok,
            SecretBytes(from, from + static_cast<std::ptrdiff_t>(size))};
}

Card::Answer Card::read_record(const Command& command) {
    if ((command.p2 & 0x07) != 0x04)
        return {sw::wrong_p1p2}; // P1 is a record number
    if (const auto chosen = choose(static_cast<std::uint8_t>(command.p2 >> 3), FileKind::records);
        chosen != sw::ok)
        return {chosen};
    if (!open(*file_))
        return {sw::security_not_met};
    if (command.ne == 0 || !command.data.empty())
        return {sw::wrong_length};
    ByteView rest = file_->content;
    for (unsigned number = 1; rest.size() >= 2; ++number) {
        const std::size_t size = std::min<std::size_t>(2U + rest[1], rest.size());
        if (number == command.p1)
            return {sw::ok, SecretBytes(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size))};
        rest = rest.subspan(size);
    }
    return {sw::record_not_found};
}

Card::Answer Card::get_data(const Command& command) const {
    if (application_ != nullptr)
        return {sw::no_key_data}; // the issuer security domain alone knows them
    const auto tag = static_cast<std::uint16_t>(command.p1 << 8 | command.p2);
    const auto found = std::ranges::find(contents_.data_objects, tag, &DataObject::tag);
    if (found == contents_.data_objects.end())
        return {sw::no_key_data};
    if (command.ne == 0)
        return {sw::wrong_length};
    return {sw::ok, SecretBytes(found->value.begin(), found->value.end())};
}

Card::Answer Card::get_challenge(const Command& command) const {
    if (command.p1 != 0 || command.p2 != 0)
        return {sw::wrong_p1p2};
    if (command.ne == 0 || command.ne > 256 || !command.data.empty())
        return {sw::wrong_length};
    SecretBytes challenge(command.ne);
    RAND_bytes(challenge.data(), static_cast<int>(challenge.size()));
    return {sw::ok, std::move(challenge)};
}

} // namespace kaomon::card::simulated
