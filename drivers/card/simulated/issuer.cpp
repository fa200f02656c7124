#include "drivers/card/simulated/issuer.hpp"

#include "drivers/card/simulated/jp2.hpp"
#include "drivers/card/simulated/jpki.hpp"
#include "drivers/card/simulated/photo_application.hpp"
#include "drivers/card/simulated/text_application.hpp"

#include <random>

namespace kaomon::card::simulated {
namespace {

constexpr std::size_t certificate_file = 2048; // bytes; longer than the certificate, as on the real card
constexpr std::size_t token_info_file = 160;

SecretBytes text(std::string_view characters) {
    return {characters.begin(), characters.end()};
}

SecretBytes filled(SecretBytes bytes, std::size_t size, std::uint8_t filler) {
    if (bytes.size() < size)
        bytes.resize(size, filler);
    return bytes;
}

std::string serial_number(std::uint64_t seed) { // 15 digits; the first is 9: simulated
    std::mt19937_64 random(seed);
    std::string digits = "9";
    while (digits.size() < 15)
        digits.push_back(static_cast<char>('0' + random() % 10));
    return digits;
}

Application common(const Holder& holder, const std::string& serial, const RsaKey& key) {
    const SecretBytes value = text(serial + holder.municipality + digits_of(holder.card_expiry));
    SecretBytes record{0x01, static_cast<std::uint8_t>(value.size())};
    record.insert(record.end(), value.begin(), value.end());
    Application application{
        common_application, {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00}, {}, 0};
    application.files.push_back({0x0001, FileKind::records, std::move(record)});
    application.files.push_back({0x0019, FileKind::key, key.to_pkcs8()});
    return application;
}

struct JpkiFiles {
    Application application;
    std::string root; // PEM
};

// The sign-in certificate is good for five years and never longer than the card.
Result<JpkiFiles> jpki(const Holder& holder, const std::string& serial, Date today, const std::string& medium,
                       const CardOptions& options) {
    const Date long_ago{today.year() - std::chrono::years(11), std::chrono::January, std::chrono::day(1)};
    const Date far{today.year() + std::chrono::years(20), std::chrono::January, std::chrono::day(1)};
    Date five_years{today.year() + std::chrono::years(5), holder.birth_date.month(), holder.birth_date.day()};
    if (!five_years.ok())
        five_years = Date{five_years.year(), std::chrono::February, std::chrono::day(28)};
    const Date end = options.sign_in_end.value_or(std::min(holder.card_expiry, five_years));
    const Date start =
        std::min(today, Date{end.year() - std::chrono::years(5), std::chrono::January, std::chrono::day(1)});

    JpkiFiles made{{jpki_application, {0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}, {}, 0},
                   {}};
    auto& files = made.application.files;
    struct Side {
        std::string_view unit;
        std::uint16_t certificate, root, key, secret;
        std::string_view pin;
        std::uint8_t tries;
        bool private_certificate;
    };
    for (const Side& side : {Side{"Simulated JPKI for user authentication", 0x000A, 0x000B, 0x0017, 0x0018,
                                  holder.sign_in_pin, 3, false},
                             Side{"Simulated JPKI for digital signature", 0x0001, 0x0002, 0x001A, 0x001B,
                                  holder.sign_password, 5, true}}) {
        const auto root_key = RsaKey::generate();
        const auto key = RsaKey::generate();
        if (!root_key)
            return std::unexpected(root_key.error());
        if (!key)
            return std::unexpected(key.error());
        const auto root =
            make_certificate({side.unit, "root", 1, long_ago, far, true}, *root_key, {*root_key, {}});
        if (!root)
            return std::unexpected(root.error());
        const auto certificate = make_certificate({side.unit, serial, std::stoull(serial), start, end, false},
                                                  *key, {*root_key, *root});
        if (!certificate)
            return std::unexpected(certificate.error());
        std::vector<std::uint16_t> opened_by;
        if (side.private_certificate)
            opened_by.push_back(side.secret);
        if (options.without_pin) {
            files.push_back({side.root, FileKind::binary, filled(*root, certificate_file, 0xFF)});
            if (!side.private_certificate)
                made.root = to_pem(*root);
            continue;
        }
        files.push_back(
            {side.certificate, FileKind::binary, filled(*certificate, certificate_file, 0xFF), opened_by});
        files.push_back({side.root, FileKind::binary, filled(*root, certificate_file, 0xFF)});
        files.push_back({side.key, FileKind::key, key->to_pkcs8(), {side.secret}});
        files.push_back({side.secret, FileKind::secret, text(side.pin), {}, side.tries, side.tries});
        if (!side.private_certificate)
            made.root = to_pem(*root);
    }
    // The label's first 32 bytes, filled with blanks (PKCS#11 CK_TOKEN_INFO)
    files.push_back({0x0006, FileKind::binary, filled(filled(text(medium), 32, ' '), token_info_file, 0x00)});
    const std::uint8_t there = options.without_pin ? 0x00 : 0x8F; // of each certificate
    files.push_back({0x0008, FileKind::binary, SecretBytes{there, there, 0x00}});
    return made;
}

} // namespace

Result<IssuedCard> issue(const Authority& authority, const Holder& holder, const Image& portrait, Date today,
                         const CardOptions& options) {
    const auto signer = RsaKey::generate(), chip = RsaKey::generate(), other = RsaKey::generate();
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
    auto jpki_files = jpki(holder, serial, today, card.contents.medium = "JPKIAPICCTOKEN2", options);
    if (!jpki_files)
        return std::unexpected(jpki_files.error());
    card.jpki_authority = std::move(jpki_files->root);

    const Forgery forgery = options.forgery;
    SecretBytes certificate = authority.certify(*signer);
    if (forgery == Forgery::certificate)
        certificate.back() ^= 0x01U; // in the authority's signature
    const PhotoRecordParts record{holder, *chip, photo, forgery == Forgery::signature ? *other : *signer,
                                  options.two_bytes_first};
    Contents& contents = card.contents;
    contents.expiry = digits_of(holder.card_expiry);
    contents.forged = forgery == Forgery::signature     ? "signature"
                      : forgery == Forgery::chip        ? "chip"
                      : forgery == Forgery::certificate ? "certificate"
                                                        : "";
    contents.applications.push_back(common(holder, serial, *other));
    contents.applications.push_back(
        {juki_application, {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01}, {}, 0});
    contents.applications.push_back(
        make_photo_application(record, certificate, forgery == Forgery::chip ? *other : *chip));
    contents.applications.push_back(make_text_application(holder, certificate, *signer, *other));
    contents.applications.push_back(std::move(jpki_files->application));

    const auto ascii = [](std::string_view characters) {
        return Bytes(characters.begin(), characters.end());
    };
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
