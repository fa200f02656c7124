#include "drivers/card/mynumber/public_key.hpp"

#include "drivers/card/mynumber/digest.hpp"

namespace kaomon::card::mynumber {

Result<PublicKey> PublicKey::read(ByteView bytes) {
    if (!bytes.empty() && bytes[0] == 0x86) {
        const auto point = EcKey::read(bytes);
        return point ? Result<PublicKey>(*point) : std::unexpected(point.error());
    }
    const auto rsa = RsaKey::read(bytes);
    return rsa ? Result<PublicKey>(*rsa) : std::unexpected(rsa.error());
}

const SignatureScheme& PublicKey::scheme() const noexcept {
    return scheme_of(std::holds_alternative<RsaKey>(key_) ? KeyKind::rsa : KeyKind::p384);
}

bool PublicKey::verifies(ByteView signature, ByteView block) const {
    return std::visit([&](const auto& key) { return key.verifies(signature, block); }, key_);
}

bool PublicKey::verifies_message(ByteView signature, std::initializer_list<ByteView> segments) const {
    return verifies(signature, block_of(scheme(), digest_of(scheme().hash, segments)));
}

} // namespace kaomon::card::mynumber
