#include "drivers/card/simulated/photo_application.hpp"

#include "drivers/card/mynumber/generation.hpp"
#include "drivers/card/simulated/png.hpp"
#include "drivers/card/tlv.hpp"

namespace kaomon::card::simulated {
namespace {

constexpr std::uint16_t birth_secret = 0x0011, number_a = 0x0013;
constexpr std::uint8_t many_tries = 10; // of number B (drivers/card/SPEC.md §6), and taken for the others too

File secret(std::uint16_t id, std::string_view value) {
    return {id, FileKind::secret, bytes_of(value), {}, many_tries, many_tries};
}

// Objects, and one more with the signature over all before it (drivers/card/SPEC.md §5.4).
SecretBytes signed_record(std::uint16_t tag, SecretBytes objects, std::uint16_t signature_tag,
                          const CardKey& signer) {
    append_tlv(objects, signature_tag, signer.sign(objects));
    SecretBytes file;
    append_tlv(file, tag, objects);
    return file;
}

} // namespace

Application make_photo_application(const PhotoRecordParts& record, const SecretBytes& certificate,
                                   const CardKey& chip) {
    const mynumber::Generation& generation = mynumber::current_generation;
    const Holder& holder = record.holder;
    const auto& aid = generation.photo_record.application;
    const std::uint16_t number_b = generation.access_number.file;
    Application application{photo_application, Bytes(aid.begin(), aid.end()), {}, generation.chip_key.file};

    SecretBytes age, basics, number, basic_file;
    append_tlv(age, 0xDF11, bytes_of(digits_of(holder.birth_date)));
    append_tlv(age, 0xDF12, record.chip.public_object());
    append_tlv(number, 0xDF41, blank_png(72, 12));
    append_tlv(number, 0xDF42, record.chip.public_object());
    append_tlv(basics, 0xDF31, Bytes{0x01, 0x03, 0x0E, 0x01});
    append_tlv(basics, 0xDF32,
               certificate.size() > 26 ? ByteView(certificate).subspan(10, 16)
                                       : ByteView()); // issuer's key id
    append_tlv(basics, 0xDF33, Bytes{0x01});
    append_tlv(basics, 0xDF34, bytes_of(holder.municipality));
    append_tlv(basics, 0xDF35, Bytes{0x00});
    append_tlv(basic_file, 0xFF30, basics);

    auto& files = application.files;
    files.push_back({0x0001,
                     FileKind::binary,
                     signed_record(0xFF10, std::move(age), 0xDF13, record.signer),
                     {birth_secret}});
    files.push_back(
        {generation.photo_record.file, FileKind::binary, make_photo_record(record), {number_b, number_a}});
    files.push_back({0x0003, FileKind::binary, std::move(basic_file)});
    files.push_back({generation.signer_certificate.file, FileKind::binary, certificate});
    files.push_back({0x0005,
                     FileKind::binary,
                     signed_record(0xFF40, std::move(number), 0xDF43, record.signer),
                     {number_a}});
    files.push_back({0x0006, FileKind::binary, SecretBytes(16, 0xFF)});
    files.push_back(secret(birth_secret, birth_code(holder)));
    files.push_back(secret(number_b, access_number(holder)));
    files.push_back(secret(number_a, impossible_my_number));
    files.push_back({generation.chip_key.file, FileKind::key, chip.to_pkcs8()});
    return application;
}

} // namespace kaomon::card::simulated
