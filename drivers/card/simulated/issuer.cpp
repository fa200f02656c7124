#include "drivers/card/simulated/issuer.hpp"

#include "drivers/card/mynumber/generation.hpp"
#include "drivers/card/simulated/jp2.hpp"
#include "drivers/card/simulated/jpki_application.hpp"
#include "drivers/card/simulated/photo_application.hpp"
#include "drivers/card/simulated/text_application.hpp"

#include <random>

namespace kaomon::card::simulated {
namespace {

std::string serial_number(std::uint64_t seed) { // 15 digits; the first is 9: simulated
    std::mt19937_64 random(seed);
    std::string digits = "9";
    while (digits.size() < 15)
        digits.push_back(static_cast<char>('0' + random() % 10));
    return digits;
}

// 01 1C | serial, 15 digits | municipality, 5 digits | expiry, 8 digits
File card_info(std::uint16_t id, const Holder& holder, const std::string& serial) {
    const std::string value = serial + holder.municipality + digits_of(holder.card_expiry);
    SecretBytes record{0x01, static_cast<std::uint8_t>(value.size())};
    record.insert(record.end(), value.begin(), value.end());
    return {id, FileKind::records, std::move(record)};
}

Bytes ascii(std::string_view characters) {
    return {characters.begin(), characters.end()};
}

} // namespace

Result<IssuedCard> issue(const Authority& authority, const Holder& holder, const Image& portrait, Date today,
                         const CardOptions& options) {
    const mynumber::Generation& generation = mynumber::current_generation;
    KeyMaker maker(options.key_seed);
    const auto signer = maker.make(), chip = maker.make(), other = maker.make();
    for (const auto* key : {&signer, &chip, &other}) {
        if (!*key)
            return std::unexpected(key->error());
    }
    SecretBytes photo;
    if (!options.without_photo) {
        auto encoded = encode_jp2(portrait, largest_photo);
        if (!encoded)
            return std::unexpected(encoded.error());
        photo = std::move(*encoded);
    }
    IssuedCard card;
    card.photo_bytes = photo.size();
    const std::string serial = serial_number(options.seed);
    auto jpki = make_jpki_application(holder, serial, today, options, maker);
    if (!jpki)
        return std::unexpected(jpki.error());
    card.jpki_authority = std::move(jpki->root);

    const Forgery forgery = options.forgery;
    SecretBytes certificate = authority.certify(*signer);
    if (forgery == Forgery::certificate)
        certificate.back() ^= 0x01U; // in the authority's signature
    const PhotoRecordParts record{holder,
                                  *chip,
                                  photo,
                                  forgery == Forgery::signature ? *other : *signer,
                                  options.two_bytes_first,
                                  options.record_birth_date,
                                  options.record_expiry};
    Contents& contents = card.contents;
    contents.medium = "JPKIAPICCTOKEN2";
    contents.expiry = digits_of(holder.card_expiry);
    contents.forged = forgery == Forgery::none ? "" : word(forgery);
    contents.generation = generation.name;
    Application photo_files =
        make_photo_application(record, certificate, forgery == Forgery::chip ? *other : *chip);
    const mynumber::Aid& info_aid = generation.card_info.application;
    Application common{common_application, Bytes(info_aid.begin(), info_aid.end()), {}, 0};
    common.files.push_back(card_info(generation.card_info.file, holder, serial));
    common.files.push_back({0x0019, FileKind::key, other->to_pkcs8()});
    contents.applications.push_back(std::move(common));
    contents.applications.push_back(
        {juki_application, {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01}, {}, 0});
    if (!options.without_attributes) {
        Holder told = holder;
        told.birth_date = options.attribute_birth_date.value_or(holder.birth_date);
        contents.applications.push_back(
            make_text_application(told, access_number(holder), authority.certify_for_attributes(*signer),
                                  options.forged_attributes ? *other : *signer, *other));
    }
    contents.applications.push_back(std::move(photo_files));
    contents.applications.push_back(std::move(jpki->application));
    contents.data_objects = {
        {0x0042, Bytes(authority.id().begin(), authority.id().end())},
        {0x0045, ascii(serial)},
        {0x00F0, ascii(holder.municipality)},
        {0x00F2, ascii(contents.expiry)},
        {0x00F8, Bytes(certificate.begin(), certificate.end())},
        {0x5F51, {0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14}}}; // contact ATR without TS
    return card;
}

} // namespace kaomon::card::simulated
