#include "drivers/card/mynumber/signed_record.hpp"

#include "drivers/card/mynumber/digest.hpp"
#include "drivers/card/mynumber/signer_certificate.hpp"

namespace kaomon::card::mynumber {
namespace {

struct Passive {
    Check check;
    Hierarchy hierarchy;
    std::optional<Reason> reason;
};

Passive check_signature(const SignedRecord& record, ByteView signer_certificate, const TrustStore& trust) {
    const auto signer = SignerCertificate::read(signer_certificate);
    if (!signer)
        return {Check::invalid, Hierarchy::unknown, Reason::signer_certificate_invalid};
    const Hierarchy hierarchy = hierarchy_of(signer->issuer);
    const Check certified = signer->check(trust);
    if (certified == Check::invalid)
        return {Check::invalid, hierarchy, Reason::signer_certificate_invalid};
    const std::array<Digest, 3> digests{sha256({record.birth.whole, record.sex.whole, record.chip_key.whole}),
                                        sha256({record.name.whole, record.address.whole}),
                                        sha256({record.photo.whole})};
    // checked under an unknown signer too: a record that its own certificate denies is bad whoever made it
    if (!signer->key.verifies(record.signature, digest_info(digests))) {
        return {Check::invalid, hierarchy, Reason::photo_signature_invalid};
    }
    if (certified == Check::not_checked)
        return {Check::not_checked, hierarchy, Reason::signer_unknown};
    return {Check::valid, hierarchy, std::nullopt};
}

} // namespace

Result<SignedRecord> SignedRecord::read(ByteView bytes) {
    const auto outer = read_tlv(bytes);
    if (!outer)
        return std::unexpected(outer.error());
    if (outer->tag != 0xFF20)
        return fail(Reason::card_data_malformed, "photo record of another kind");
    const auto list = read_tlv_list(outer->value);
    if (!list)
        return std::unexpected(list.error());
    const auto photo = find_tlv(*list, 0xDF27);
    if (!photo || photo->value.empty())
        return fail(Reason::card_without_photo);
    const auto birth = find_tlv(*list, 0xDF22);
    const auto sex = find_tlv(*list, 0xDF23);
    const auto chip_key = find_tlv(*list, 0xDF24);
    const auto name = find_tlv(*list, 0xDF25);
    const auto address = find_tlv(*list, 0xDF26);
    const auto signature = find_tlv(*list, 0xDF28);
    if (!birth || !sex || !chip_key || !name || !address || !signature) {
        return fail(Reason::card_data_malformed, "photo record with a part missing");
    }
    return SignedRecord{*birth,   *sex,   *chip_key,        *name,
                        *address, *photo, signature->value, find_tlv(*list, 0xDF29)};
}

PhotoRecord check_record(const SignedRecord& record, ByteView signer_certificate, const TrustStore& trust) {
    const Passive passive = check_signature(record, signer_certificate, trust);
    PhotoRecord result;
    result.photo.assign(record.photo.value.begin(), record.photo.value.end());
    result.chip_key.assign(record.chip_key.value.begin(), record.chip_key.value.end());
    for (const Tlv& part : {record.birth, record.sex})
        result.birth_and_sex.insert(result.birth_and_sex.end(), part.value.begin(), part.value.end());
    result.signature = passive.check;
    result.hierarchy = passive.hierarchy;
    result.reason = passive.reason;
    return result;
}

} // namespace kaomon::card::mynumber
