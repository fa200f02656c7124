// The file that holds the device's signing key.
#pragma once

#include "daemon/result/ed25519.hpp"
#include "drivers/base/result.hpp"

#include <filesystem>

namespace kaomon::result {

// Unencrypted PKCS#8 PEM, a regular file of ours (or of root), mode 0600 or less, no symbolic link, at most 4
// KiB. Made when it is not there: complete and synced under another name first, then put in place unless
// somebody was quicker, whose key is then read. Reason: key_unreadable.
Result<KeyHandle> load_or_create_key(const std::filesystem::path& file);

} // namespace kaomon::result
