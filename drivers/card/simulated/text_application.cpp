#include "drivers/card/simulated/text_application.hpp"

#include "drivers/card/mynumber/digest.hpp"
#include "drivers/card/tlv.hpp"

namespace kaomon::card::simulated {
namespace {

constexpr std::uint16_t pin = 0x0011, locked_key = 0x0012, own_key = 0x0013, number_a = 0x0014,
                        number_b = 0x0015;
constexpr std::uint8_t pin_tries = 3, number_tries = 10; // drivers/card/SPEC.md §6
constexpr std::size_t offsets_size = 3 + 2 * 4;          // DF21 08 <four offsets>

} // namespace

SecretBytes make_attributes(const Holder& holder) {
    const std::string sex = std::to_string(static_cast<int>(holder.sex));
    SecretBytes objects;
    std::vector<std::size_t> starts;
    std::uint16_t tag = 0xDF22;
    for (const std::string& value : {holder.name, holder.address, digits_of(holder.birth_date), sex}) {
        starts.push_back(objects.size());
        append_tlv(objects, tag++, bytes_of(value));
    }
    const std::size_t size = offsets_size + objects.size();
    const std::size_t head = 2 + (size > 0xFF ? 3 : size > 0x7F ? 2 : 1);
    Bytes table;
    for (const std::size_t start : starts) { // from the start of the file
        const std::size_t at = head + offsets_size + start;
        table.insert(table.end(), {static_cast<std::uint8_t>(at >> 8), static_cast<std::uint8_t>(at & 0xFF)});
    }
    SecretBytes value, file;
    append_tlv(value, 0xDF21, table);
    value.insert(value.end(), objects.begin(), objects.end());
    append_tlv(file, 0xFF20, value);
    return file;
}

Application make_text_application(const Holder& holder, std::string_view digits,
                                  const SecretBytes& certificate, const CardKey& signer, const CardKey& own) {
    Application application{
        text_application, {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08}, {}, own_key};
    SecretBytes number, hashes, hash_file, info, info_file, own_record;
    append_tlv(number, 0xFF10, bytes_of(impossible_my_number));
    number.insert(number.end(), {0xFF, 0xFF});
    const SecretBytes attributes = make_attributes(holder);

    // 0003: hash of 0001 with its filler, of 0002 without the offset table, and the signature
    // (drivers/card/SPEC.md §5.5)
    const auto outer = read_tlv(attributes);
    const auto number_hash = mynumber::sha256({number});
    const auto attribute_hash = mynumber::sha256({outer ? outer->value.subspan(offsets_size) : ByteView()});
    append_tlv(hashes, 0xDF31, number_hash);
    append_tlv(hashes, 0xDF32, attribute_hash);
    append_tlv(hashes, 0xDF33, signer.sign(hashes));
    append_tlv(hash_file, 0xFF30, hashes);
    append_tlv(info, 0xDF41, Bytes{0x01, 0x03, 0x0E, 0x01});
    append_tlv(info, 0xDF42, Bytes{0x01});
    append_tlv(info, 0xDF43, Bytes{0x00});
    append_tlv(info_file, 0xFF40, info);
    append_tlv(own_record, 0xFF50, own.public_object());

    auto& files = application.files;
    files.push_back({0x0001, FileKind::binary, std::move(number), {pin, number_a}});
    files.push_back({0x0002, FileKind::binary, attributes, {pin, number_b}});
    files.push_back({0x0003, FileKind::binary, std::move(hash_file), {pin, number_a, number_b}});
    files.push_back({0x0004, FileKind::binary, certificate});
    files.push_back({0x0005, FileKind::binary, std::move(info_file)});
    files.push_back({0x0006, FileKind::binary, own_record});
    files.push_back({0x0007, FileKind::binary, std::move(own_record)});
    files.push_back({pin, FileKind::secret, bytes_of(holder.text_pin), {}, pin_tries, pin_tries});
    files.push_back({locked_key, FileKind::secret, bytes_of("\xFF"), {}, pin_tries, 0});
    files.push_back({own_key, FileKind::key, own.to_pkcs8()});
    files.push_back(
        {number_a, FileKind::secret, bytes_of(impossible_my_number), {}, number_tries, number_tries});
    files.push_back({number_b, FileKind::secret, bytes_of(digits), {}, number_tries, number_tries});
    return application;
}

} // namespace kaomon::card::simulated
