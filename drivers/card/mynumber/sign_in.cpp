#include "drivers/card/mynumber/sign_in.hpp"

#include "drivers/card/mynumber/challenge.hpp"
#include "drivers/card/mynumber/file.hpp"
#include "drivers/card/mynumber/openssl_handles.hpp"
#include "drivers/card/mynumber/x509.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>

namespace kaomon::card::mynumber {
namespace {

// Null where the certificate cannot be read.
EVP_PKEY* key_of(const X509Handle& certificate) {
    return certificate ? X509_get0_pubkey(certificate.get()) : nullptr;
}

bool verifies(EVP_PKEY* key, ByteView signature, const Digest& digest) {
    const ContextHandle context(key != nullptr ? EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr) : nullptr);
    const bool good =
        context && EVP_PKEY_verify_init(context.get()) == 1 &&
        EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1 &&
        EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest.data(), digest.size()) == 1;
    ERR_clear_error(); // a signature that does not verify is no news to the next user of this thread's queue
    return good;
}

} // namespace

Result<Check> challenge_sign_in(CardTransaction& card, ByteView certificate, const Generation& generation) {
    const X509Handle read = read_x509(certificate);
    EVP_PKEY* const key = key_of(read);
    const auto challenge = fresh_challenge();
    if (!challenge)
        return std::unexpected(challenge.error());
    if (const auto selected = select_file(card, generation.sign_in_key.file); !selected)
        return std::unexpected(selected.error());
    const auto response = exchange(card, {0x80, 0x2A, 0x00, 0x80, challenge->block, 256});
    if (!response)
        return std::unexpected(response.error());
    const StatusWord status = response->status;
    if (status != sw::ok && !is_not_found(status) && !is_not_understood(status))
        return unexpected_status("COMPUTE DIGITAL SIGNATURE", status);
    const bool good = status == sw::ok && verifies(key, response->data, challenge->digest);
    return good ? Check::valid : Check::invalid;
}

} // namespace kaomon::card::mynumber
