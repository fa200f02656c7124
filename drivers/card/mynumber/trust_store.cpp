#include "drivers/card/mynumber/trust_store.hpp"

#include "drivers/card/mynumber/trust_folder.hpp"

#include <algorithm>

namespace kaomon::card::mynumber {

Hierarchy hierarchy_of(const KeyId& id) noexcept {
    switch (id[0]) {
    case '5':
        return Hierarchy::production;
    case '6':
        return Hierarchy::test;
    case '9':
        return Hierarchy::simulated;
    default:
        return Hierarchy::unknown;
    }
}

const TrustedKey* TrustStore::find(const KeyId& id) const noexcept {
    const auto found = std::ranges::find(keys_, id, &TrustedKey::id);
    return found == keys_.end() ? nullptr : &*found;
}

Result<TrustStore> TrustStore::load(const std::filesystem::path& folder) {
    const auto files = trust_files(folder, ".toml");
    if (!files)
        return std::unexpected(files.error());

    TrustStore store;
    for (const auto& [name, text] : *files) {
        auto keys = parse_trust_file(text, name);
        if (!keys)
            return std::unexpected(keys.error());
        for (auto& key : *keys) {
            if (store.find(key.id) != nullptr) {
                return fail(Reason::trust_store_invalid, name + ": key " + to_hex(key.id) + " stands twice");
            }
            store.add(std::move(key));
        }
    }
    return store;
}

} // namespace kaomon::card::mynumber
