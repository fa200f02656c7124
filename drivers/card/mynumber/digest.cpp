#include "drivers/card/mynumber/digest.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <new>

namespace kaomon::card::mynumber {
namespace {

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

void hash_into(std::span<std::uint8_t> digest, const EVP_MD* hash, std::initializer_list<ByteView> segments) {
    const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
    bool good = context && EVP_DigestInit_ex(context.get(), hash, nullptr) == 1;
    for (const ByteView segment : segments)
        good = good && EVP_DigestUpdate(context.get(), segment.data(), segment.size()) == 1;
    if (!good || EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1)
        throw std::bad_alloc();
}

SecretBytes behind(std::span<const std::uint8_t> head, std::initializer_list<ByteView> parts) {
    SecretBytes block(head.begin(), head.end());
    for (const ByteView part : parts)
        block.insert(block.end(), part.begin(), part.end());
    return block;
}

} // namespace

Digest sha256(std::initializer_list<ByteView> segments) {
    Digest digest{};
    hash_into(digest, EVP_sha256(), segments);
    return digest;
}

Bytes digest_of(Hash hash, std::initializer_list<ByteView> segments) {
    Bytes digest(hash == Hash::sha256 ? 32 : 48);
    hash_into(digest, hash == Hash::sha256 ? EVP_sha256() : EVP_sha384(), segments);
    return digest;
}

SecretBytes block_of(const SignatureScheme& scheme, ByteView digest) {
    if (scheme.has_digest_info)
        return behind(scheme.digest_info, {digest});
    return {digest.begin(), digest.end()};
}

SecretBytes block_of(const SignatureScheme& scheme, std::span<const Bytes, 3> digests) {
    if (scheme.has_digest_info)
        return behind(scheme.digest_info_of_three, {digests[0], digests[1], digests[2]});
    const Bytes once_more = digest_of(scheme.hash, {digests[0], digests[1], digests[2]});
    return {once_more.begin(), once_more.end()};
}

} // namespace kaomon::card::mynumber
