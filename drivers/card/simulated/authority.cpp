#include "drivers/card/simulated/authority.hpp"

#include "drivers/card/mynumber/digest.hpp"
#include "drivers/card/tlv.hpp"

#include <algorithm>

namespace kaomon::card::simulated {
namespace {

// drivers/card/SPEC.md §5.2 has the real ones
constexpr std::string_view photo_signers = "9000023", attribute_signers = "9000033";

} // namespace

KeyId key_id_of(const CardKey& key, std::string_view digits, std::string_view serial) {
    KeyId id{};
    auto at = std::copy_n(digits.begin(), 7, id.begin());
    *at++ = 0x08;
    *at++ = 0x05;
    at = std::copy_n(serial.begin(), 3, at);
    const auto hash = mynumber::sha256({key.modulus()});
    std::copy_n(hash.begin(), 4, at);
    return id;
}

Authority::Authority(CardKey key)
    : key_(std::move(key)), id_(key_id_of(key_, photo_signers, "001")),
      attribute_id_(key_id_of(key_, attribute_signers, "001")) {}

Result<Authority> Authority::generate(KeyMaker maker) {
    auto key = maker.make();
    if (!key)
        return std::unexpected(key.error());
    return Authority(std::move(*key));
}

SecretBytes Authority::certify(const CardKey& subject) const {
    return certify(subject, id_, photo_signers);
}
SecretBytes Authority::certify_for_attributes(const CardKey& subject) const {
    return certify(subject, attribute_id_, attribute_signers);
}

SecretBytes Authority::certify(const CardKey& subject, const KeyId& issuer,
                               std::string_view subject_digits) const {
    const KeyId subject_id = key_id_of(subject, subject_digits, "002");
    const Bytes key = subject.public_object();
    Bytes body(issuer.begin(), issuer.end());
    body.insert(body.end(), subject_id.begin(), subject_id.end());
    body.insert(body.end(), key.begin(), key.end());

    SecretBytes inner, certificate;
    append_tlv(inner, 0x5F4E, body);
    append_tlv(inner, 0x5F37, key_.sign(body)); // over the value, without tag and length
    append_tlv(certificate, 0x7F21, inner);
    return certificate;
}

std::string Authority::trust_file() const {
    const auto key_named = [this](const KeyId& id) {
        return mynumber::to_toml({id, key_.modulus(), Bytes{0x01, 0x00, 0x01},
                                  "made by kaomon-simcard; simulated, belongs to no real hierarchy"});
    };
    return "# The key of a SIMULATED card issuer. For demos and tests: whoever has this file's counterpart "
           "can make\n"
           "# cards that pass. Never put it into the trust store of a device that sees patients.\n" +
           key_named(id_) + key_named(attribute_id_);
}

} // namespace kaomon::card::simulated
