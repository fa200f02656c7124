#include "drivers/card/mynumber/signer_certificate.hpp"

#include "drivers/card/tlv.hpp"

#include <algorithm>

namespace kaomon::card::mynumber {
Result<SignerCertificate> SignerCertificate::read(ByteView bytes) {
    const auto outer = read_tlv(bytes);
    if (!outer)
        return std::unexpected(outer.error());
    if (outer->tag != 0x7F21)
        return fail(Reason::card_data_malformed, "signer certificate of another kind");
    const auto list = read_tlv_list(outer->value);
    if (!list)
        return std::unexpected(list.error());
    const auto body = find_tlv(*list, 0x5F4E);
    const auto signature = find_tlv(*list, 0x5F37);
    if (!body || !signature)
        return fail(Reason::card_data_malformed, "signer certificate without body or signature");
    SignerCertificate certificate;
    const std::size_t ids = certificate.issuer.size() + certificate.subject.size();
    if (body->value.size() <= ids)
        return fail(Reason::card_data_malformed, "signer certificate without a key");
    std::ranges::copy(body->value.first(16), certificate.issuer.begin());
    std::ranges::copy(body->value.subspan(16, 16), certificate.subject.begin());
    const auto key = RsaKey::read(body->value.subspan(ids));
    if (!key)
        return std::unexpected(key.error());
    certificate.key = *key;
    certificate.body = body->value;
    certificate.signature = signature->value;
    return certificate;
}

Check SignerCertificate::check(const TrustStore& trust) const {
    const TrustedKey* trusted = trust.find(issuer);
    if (trusted == nullptr)
        return Check::not_checked;
    const RsaKey its_key{trusted->modulus, trusted->exponent};
    return its_key.verifies_message(signature, {body}) ? Check::valid : Check::invalid;
}

Hierarchy hierarchy_named_by(ByteView signer_certificate) noexcept {
    const auto certificate = SignerCertificate::read(signer_certificate);
    return certificate ? hierarchy_of(certificate->issuer) : Hierarchy::unknown;
}

} // namespace kaomon::card::mynumber
