#include "drivers/card/simulated/photo_record.hpp"

#include "drivers/card/mynumber/digest.hpp"
#include "drivers/card/simulated/png.hpp"
#include "drivers/card/tlv.hpp"

#include <array>

namespace kaomon::card::simulated {
namespace {

constexpr std::size_t offsets = 9;                  // DF22..DF2A, two bytes each
constexpr std::size_t table_size = 3 + 2 * offsets; // DF21 12 <18 bytes>
constexpr std::size_t file_unit = 512;              // bytes; the file is filled up to a multiple

SecretBytes object(std::uint16_t tag, ByteView value) {
    SecretBytes bytes;
    append_tlv(bytes, tag, value);
    return bytes;
}

Bytes sign_groups(const CardKey& signer, const std::vector<SecretBytes>& objects) {
    const auto hash = [&](std::size_t first, std::size_t count) {
        SecretBytes group;
        for (std::size_t i = first; i < first + count; ++i)
            group.insert(group.end(), objects[i].begin(), objects[i].end());
        return mynumber::sha256({group});
    };
    const std::array<mynumber::Digest, 3> digests{hash(0, 3), hash(3, 2), hash(5, 1)};
    return signer.sign_block(mynumber::digest_info(digests)).value_or(Bytes());
}

} // namespace

SecretBytes make_photo_record(const PhotoRecordParts& parts) {
    std::vector<SecretBytes> objects;
    objects.push_back(
        object(0xDF22, bytes_of(digits_of(parts.birth_date.value_or(parts.holder.birth_date)))));
    objects.push_back(object(0xDF23, bytes_of(std::to_string(static_cast<int>(parts.holder.sex)))));
    objects.push_back(object(0xDF24, parts.chip.public_object()));
    objects.push_back(object(0xDF25, blank_png(280, 32)));
    objects.push_back(object(0xDF26, blank_png(320, 48)));
    objects.push_back(object(0xDF27, parts.photo));
    objects.push_back(object(0xDF28, sign_groups(parts.signer, objects)));
    objects.push_back(object(0xDF29, bytes_of(digits_of(parts.expiry.value_or(parts.holder.card_expiry)))));
    objects.push_back(object(0xDF2A, blank_png(24, 12)));

    std::size_t size = table_size;
    for (const SecretBytes& part : objects)
        size += part.size();
    const std::size_t head = 2 + (size > 0xFF ? 3 : size > 0x7F ? 2 : 1); // FF20 and its length
    const std::size_t before = parts.two_bytes_first ? 2 : 0;

    Bytes table;
    std::size_t at = before + head + table_size; // from the start of the file
    for (const SecretBytes& part : objects) {
        table.insert(table.end(), {static_cast<std::uint8_t>(at >> 8), static_cast<std::uint8_t>(at & 0xFF)});
        at += part.size();
    }
    SecretBytes value = object(0xDF21, table);
    for (const SecretBytes& part : objects)
        value.insert(value.end(), part.begin(), part.end());

    SecretBytes file;
    // What the two bytes are is not known; here they tell the length of what follows.
    if (parts.two_bytes_first)
        file.assign(
            {static_cast<std::uint8_t>((head + size) >> 8), static_cast<std::uint8_t>((head + size) & 0xFF)});
    append_tlv(file, 0xFF20, value);
    file.resize((file.size() / file_unit + 1) * file_unit, 0xFF);
    return file;
}

} // namespace kaomon::card::simulated
