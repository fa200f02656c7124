// The keys under which a card's record-signing certificate is checked. Supplied by the operator, never by us.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/base/bytes.hpp"

#include <array>
#include <filesystem>
#include <vector>

namespace kaomon::card::mynumber {

using KeyId = std::array<std::uint8_t, 16>;

// Who names keys so (first ASCII digit of the key id; card.md 1.5).
enum class Hierarchy : std::uint8_t { production /*5*/, test /*6*/, simulated /*9*/, unknown };
Hierarchy hierarchy_of(const KeyId& id) noexcept;
// As the record signer's certificate (EF 0004) itself names its issuer; a claim, nothing is verified. unknown where it
// cannot be read.
Hierarchy hierarchy_named_by(ByteView signer_certificate) noexcept;

struct TrustedKey {
    KeyId id;
    Bytes modulus;  // RSA, big endian
    Bytes exponent; // big endian
    std::string provenance; // one line of the file: where this key is from
};

class TrustStore {
  public:
    TrustStore() = default; // empty: everything is "not checked"
    // Reads all *.toml of a folder; see packaging/trust.d/README for the format. Reason: trust_store_invalid.
    static Result<TrustStore> load(const std::filesystem::path& folder);
    void add(TrustedKey key) { keys_.push_back(std::move(key)); }
    const TrustedKey* find(const KeyId& id) const noexcept;
    std::size_t size() const noexcept { return keys_.size(); }

  private:
    std::vector<TrustedKey> keys_;
};

} // namespace kaomon::card::mynumber
