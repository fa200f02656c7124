// The keys under which a card's record-signing certificate is checked. Supplied by the operator, never by us.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::card::mynumber {

using KeyId = std::array<std::uint8_t, 16>;

// Who names keys so (first ASCII digit of the key id; drivers/card/SPEC.md §5.2).
enum class Hierarchy : std::uint8_t { production /*5*/, test /*6*/, simulated /*9*/, unknown };
Hierarchy hierarchy_of(const KeyId& id) noexcept;
// As the record signer's certificate (EF 0004) itself names its issuer; a claim, nothing is verified. unknown
// where it cannot be read.
Hierarchy hierarchy_named_by(ByteView signer_certificate) noexcept;

struct TrustedKey {
    KeyId id;
    Bytes modulus, exponent; // RSA, big endian
    std::string provenance;  // one line of the file: where this key is from
};

class TrustStore {
  public:
    TrustStore() = default; // empty: everything is "not checked"
    // Reads all *.toml of a folder; packaging/trust.d/README.md has the format. An empty folder is an empty
    // store. Reason: trust_store_invalid (no such folder, a file that cannot be read or that everybody may
    // write, an error in a file with its line, one key id twice).
    static Result<TrustStore> load(const std::filesystem::path& folder);
    void add(TrustedKey key) { keys_.push_back(std::move(key)); }
    const TrustedKey* find(const KeyId& id) const noexcept;
    std::size_t size() const noexcept { return keys_.size(); }

  private:
    std::vector<TrustedKey> keys_;
};

// One file of the store: [[key]] tables. `name` stands in the details. Reason: trust_store_invalid.
Result<std::vector<TrustedKey>> parse_trust_file(std::string_view toml, std::string_view name);

// The same, the other way: one [[key]] table as text, for who issues cards (the simulated issuer).
std::string to_toml(const TrustedKey& key);

} // namespace kaomon::card::mynumber
