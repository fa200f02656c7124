// The simulated issuer's own authority: whose key the operator of a demo puts into the trust store.
#pragma once

#include "drivers/card/mynumber/trust_store.hpp"
#include "drivers/card/simulated/key_maker.hpp"

#include <string>
#include <string_view>

namespace kaomon::card::simulated {

using mynumber::KeyId;

// A key id by the layout of drivers/card/SPEC.md §5.2: 7 ASCII digits, 08 05, 3 ASCII digits, 4 more bytes.
// The first digit is 9: neither production (5) nor J-LIS test (6). The last four bytes are of the key's own
// hash, so that two simulated authorities in one trust store are two.
KeyId key_id_of(const CardKey& key, std::string_view digits, std::string_view serial);

// Reentrant.
class Authority {
  public:
    static Result<Authority> generate(KeyMaker maker = KeyMaker());

    const KeyId& id() const noexcept { return id_; }
    const CardKey& key() const noexcept { return key_; }

    // The CV certificate of a record-signing key: 7F21 { 5F4E body, 5F37 signature }; 568 bytes. Of the photo
    // record's signer, and of the attributes', which real cards have from authorities of two names.
    SecretBytes certify(const CardKey& subject) const;
    SecretBytes certify_for_attributes(const CardKey& subject) const;
    // [[key]] with id, public key, provenance, for each of the two: a file for the daemon's trust store.
    std::string trust_file() const;

  private:
    explicit Authority(CardKey key);
    SecretBytes certify(const CardKey& subject, const KeyId& issuer, std::string_view subject_digits) const;
    CardKey key_;
    KeyId id_, attribute_id_;
};

} // namespace kaomon::card::simulated
