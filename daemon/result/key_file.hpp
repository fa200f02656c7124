// The file that holds the device's signing key.
#pragma once

#include "daemon/result/ed25519.hpp"
#include "drivers/base/result.hpp"

#include <filesystem>

namespace kaomon::result {

// How a file is kept from others: by its mode and owner, or by systemd, in whose folder of credentials
// ($CREDENTIALS_DIRECTORY) a file is root's and an access list lets the service read it.
enum class KeptBy : std::uint8_t { mode, systemd };

// Unencrypted PKCS#8 PEM (RFC 8410) of an Ed25519 seed, in memory that is wiped from the first byte on. A
// regular file of ours (or of root), mode 0600 or less, no symbolic link, at most 4 KiB. Reasons: key_missing
// (there is no file), key_unreadable.
Result<SecretBytes> load_seed(const std::filesystem::path& file, KeptBy kept_by = KeptBy::mode);
// A new one: complete and synced under another name first, then put in place unless there is one already.
// False: there is one, which stays. Reason: key_unreadable.
Result<bool> create_seed(const std::filesystem::path& file);
// In the place of the one that is there. Reason: key_unreadable.
Result<void> replace_seed(const std::filesystem::path& file, const SecretBytes& seed);

// The seed of a PEM text; the detail of a failure is one clause. Reason: key_unreadable. Reentrant.
Result<SecretBytes> seed_of_pem(ByteView pem);

} // namespace kaomon::result
