#include "drivers/card/mynumber/digest.hpp"

#include <openssl/evp.h>

#include <memory>
#include <new>

namespace kaomon::card::mynumber {
namespace {

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

// In front of one SHA-256 digest (drivers/card/SPEC.md §2), and of three (§5.3).
constexpr std::array<std::uint8_t, 19> head_of_one{0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                                   0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
constexpr std::array<std::uint8_t, 19> head_of_three{0x30, 0x71, 0x30, 0x0D, 0x06, 0x09, 0x60,
                                                     0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
                                                     0x01, 0x05, 0x00, 0x04, 0x60};

} // namespace

Digest sha256(std::initializer_list<ByteView> segments) {
    Digest digest{};
    const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
    bool good = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
    for (const ByteView segment : segments)
        good = good && EVP_DigestUpdate(context.get(), segment.data(), segment.size()) == 1;
    if (!good || EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1)
        throw std::bad_alloc();
    return digest;
}

SecretBytes digest_info(const Digest& digest) {
    SecretBytes block(head_of_one.begin(), head_of_one.end());
    block.insert(block.end(), digest.begin(), digest.end());
    return block;
}

SecretBytes digest_info(std::span<const Digest, 3> digests) {
    SecretBytes block(head_of_three.begin(), head_of_three.end());
    for (const Digest& digest : digests)
        block.insert(block.end(), digest.begin(), digest.end());
    return block;
}

} // namespace kaomon::card::mynumber
