#include "drivers/card/mynumber/sign_in.hpp"

#include "drivers/card/mynumber/challenge.hpp"
#include "drivers/card/mynumber/file.hpp"
#include "drivers/card/mynumber/x509.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>

namespace kaomon::card::mynumber {
namespace {

constexpr FileId sign_in_key = 0x0017; // JPKI AP (card.md 1.9)

struct FreeContext {
    void operator()(EVP_PKEY_CTX* context) const noexcept { EVP_PKEY_CTX_free(context); }
};

bool verifies(ByteView certificate, ByteView signature, const Digest& digest) {
    const X509Handle read = read_x509(certificate);
    EVP_PKEY* const key = read ? X509_get0_pubkey(read.get()) : nullptr;
    const std::unique_ptr<EVP_PKEY_CTX, FreeContext> context(
        key != nullptr ? EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr) : nullptr);
    const bool good =
        context && EVP_PKEY_verify_init(context.get()) == 1 &&
        EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1 &&
        EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest.data(), digest.size()) == 1;
    ERR_clear_error(); // a signature that does not verify is no news to the next user of this thread's queue
    return good;
}

} // namespace

Result<Check> challenge_sign_in(CardTransaction& card, ByteView certificate) {
    const auto challenge = fresh_challenge();
    if (!challenge)
        return std::unexpected(challenge.error());
    if (const auto selected = select_file(card, sign_in_key); !selected)
        return std::unexpected(selected.error());
    const auto response = exchange(card, {0x80, 0x2A, 0x00, 0x80, challenge->digest_info, 256});
    if (!response)
        return std::unexpected(response.error());
    const bool good = response->status == sw::ok && verifies(certificate, response->data, challenge->digest);
    return good ? Check::valid : Check::invalid;
}

} // namespace kaomon::card::mynumber
