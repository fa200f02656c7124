// The operator's folder of what cards are checked under: *.toml for record signers, *.pem for sign-in
// certificates.
#pragma once

#include "drivers/base/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::card::mynumber {

struct TrustText {
    std::string name; // the file's path, for details
    std::string text;
};

// The files of one kind (".toml") in the order of their names; at most 64 of 256 KiB. Reason:
// trust_store_invalid (no such folder, a file that cannot be read or that everybody may write). Reentrant.
Result<std::vector<TrustText>> trust_files(const std::filesystem::path& folder, std::string_view extension);

} // namespace kaomon::card::mynumber
