#include "drivers/card/simulated/jpki_application.hpp"

#include "drivers/card/mynumber/generation.hpp"
#include "drivers/card/simulated/jpki.hpp"
#include "drivers/card/tlv.hpp"

namespace kaomon::card::simulated {
namespace {

constexpr std::size_t certificate_file = 2048; // bytes; longer than the certificate, as on the real card
constexpr std::size_t token_info_file = 160;
constexpr std::uint8_t there = 0x8F, missing = 0x00; // of each certificate, in EF 0008

SecretBytes filled(SecretBytes bytes, std::size_t size, std::uint8_t filler) {
    if (bytes.size() < size)
        bytes.resize(size, filler);
    return bytes;
}

struct Validity {
    Date start, end, long_ago, far; // of the holder's certificates, of their authorities
};

Validity validity_of(const Holder& holder, Date today, const std::optional<Date>& sign_in_end) {
    Date five_years{today.year() + std::chrono::years(5), holder.birth_date.month(), holder.birth_date.day()};
    if (!five_years.ok())
        five_years = Date{five_years.year(), std::chrono::February, std::chrono::day(28)};
    const Date end = sign_in_end.value_or(std::min(holder.card_expiry, five_years));
    return {
        std::min(today, Date{end.year() - std::chrono::years(5), std::chrono::January, std::chrono::day(1)}),
        end,
        {today.year() - std::chrono::years(11), std::chrono::January, std::chrono::day(1)},
        {today.year() + std::chrono::years(20), std::chrono::January, std::chrono::day(1)}};
}

// What one of the two keys needs: sign-in, or signing.
struct Side {
    std::string_view unit;
    std::uint16_t certificate, root, key, secret;
    std::string_view pin;
    std::uint8_t tries;
    bool private_certificate;      // opened by its secret
    bool has_certificate, has_pin; // the card's issuer left it out
};

// Appends the files of the side; returns the authority's certificate, DER.
Result<SecretBytes> append(std::vector<File>& files, const Side& side, const std::string& serial,
                           const Validity& valid, KeyMaker& maker) {
    const auto root_key = maker.make(), key = maker.make();
    if (!root_key || !key)
        return std::unexpected((root_key ? key : root_key).error());
    auto root =
        make_certificate({side.unit, "root", 1, valid.long_ago, valid.far, true}, *root_key, {*root_key, {}});
    if (!root)
        return root;
    const auto certificate = make_certificate(
        {side.unit, serial, std::stoull(serial), valid.start, valid.end, false}, *key, {*root_key, *root});
    if (!certificate)
        return std::unexpected(certificate.error());
    std::vector<std::uint16_t> opened_by;
    if (side.private_certificate)
        opened_by.push_back(side.secret);
    files.push_back({side.root, FileKind::binary, filled(*root, certificate_file, 0xFF)});
    if (side.has_certificate) {
        files.push_back(
            {side.certificate, FileKind::binary, filled(*certificate, certificate_file, 0xFF), opened_by});
        files.push_back({side.key, FileKind::key, key->to_pkcs8(), {side.secret}});
    }
    if (side.has_pin)
        files.push_back({side.secret, FileKind::secret, bytes_of(side.pin), {}, side.tries, side.tries});
    return root;
}

} // namespace

Result<JpkiApplication> make_jpki_application(const Holder& holder, const std::string& serial, Date today,
                                              const CardOptions& options, KeyMaker& maker) {
    const mynumber::Generation& generation = mynumber::current_generation;
    const auto& aid = generation.sign_in_certificate.application;
    const bool pin = !options.without_pin, sign_in = !options.without_sign_in;
    const Validity valid = validity_of(holder, today, options.sign_in_end);
    JpkiApplication made{{jpki_application, Bytes(aid.begin(), aid.end()), {}, 0}, {}};
    auto& files = made.application.files;
    const auto root = append(files,
                             {"Simulated JPKI for user authentication", generation.sign_in_certificate.file,
                              0x000B, generation.sign_in_key.file, generation.sign_in_pin.file,
                              holder.sign_in_pin, 3, false, sign_in, pin && sign_in},
                             serial, valid, maker);
    if (!root)
        return std::unexpected(root.error());
    made.root = to_pem(*root);
    const auto signing = append(files,
                                {"Simulated JPKI for digital signature", 0x0001, 0x0002, 0x001A, 0x001B,
                                 holder.sign_password, 5, true, pin, pin},
                                serial, valid, maker);
    if (!signing)
        return std::unexpected(signing.error());
    files.push_back(token_info("JPKIAPICCTOKEN2"));
    files.push_back(
        {0x0008, FileKind::binary, SecretBytes{pin ? there : missing, sign_in ? there : missing, 0x00}});
    return made;
}

File token_info(std::string_view label) {
    return {0x0006, FileKind::binary, filled(filled(bytes_of(label), 32, ' '), token_info_file, 0x00)};
}

} // namespace kaomon::card::simulated
