#include "drivers/card/simulated/key_maker.hpp"

#include "drivers/base/random.hpp"
#include "drivers/card/mynumber/digest.hpp"
#include "drivers/card/mynumber/openssl_handles.hpp"
#include "drivers/card/simulated/prime.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <utility>

namespace kaomon::card::simulated {
namespace {

using mynumber::Free;
using Number = std::unique_ptr<BIGNUM, Free<&BN_clear_free>>;
using Scratch = std::unique_ptr<BN_CTX, Free<&BN_CTX_free>>;
using Builder = mynumber::BuilderHandle;
using Parameters = mynumber::ParametersHandle;
using Context = mynumber::ContextHandle;

constexpr unsigned long exponent = 65537;
constexpr std::size_t prime_size = 128; // bytes

std::unexpected<Failure> failed() {
    return fail(Reason::internal_error, "a key cannot be made from the seed");
}

Result<CardKey> key_from(OSSL_PARAM_BLD* builder) {
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const Context context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* made = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_KEYPAIR, parameters.get()) != 1) {
        return failed();
    }
    return CardKey(made);
}

// Its two highest bits are set, so that a product of two has 2048 bits.
bool make_prime(BIGNUM* number, BN_CTX* scratch) {
    const int bits = static_cast<int>(8 * prime_size);
    return BN_set_bit(number, bits - 1) == 1 && BN_set_bit(number, bits - 2) == 1 &&
           BN_set_bit(number, 0) == 1 && raise_to_prime(number, exponent, scratch);
}

} // namespace

void KeyMaker::fill(std::span<std::uint8_t> bytes) {
    if (!seed_) {
        for (auto& byte : bytes)
            byte = static_cast<std::uint8_t>(random_bits());
        return;
    }
    while (!bytes.empty()) {
        std::array<std::uint8_t, 16> input{};
        for (std::size_t i = 0; i < 8; ++i) {
            input[i] = static_cast<std::uint8_t>(*seed_ >> 8 * i);
            input[8 + i] = static_cast<std::uint8_t>(counter_ >> 8 * i);
        }
        ++counter_;
        const auto block = mynumber::sha256({input});
        const std::size_t size = std::min(bytes.size(), block.size());
        std::copy_n(block.begin(), size, bytes.begin());
        bytes = bytes.subspan(size);
    }
}

Result<CardKey> KeyMaker::make() {
    if (!seed_)
        return make_rsa();
    // Who issues many cards of one seed wants the same ones again.
    struct Made {
        CardKey key;
        std::uint64_t counter; // after it
    };
    static std::mutex mutex;
    static std::map<std::pair<std::uint64_t, std::uint64_t>, Made> made;
    const std::lock_guard lock(mutex);
    const std::pair which(*seed_, counter_);
    if (const auto found = made.find(which); found != made.end()) {
        counter_ = found->second.counter;
        return found->second.key;
    }
    auto key = make_rsa();
    if (key)
        made.emplace(which, Made{*key, counter_});
    return key;
}

Result<CardKey> KeyMaker::make_rsa() {
    const Scratch scratch(BN_CTX_new());
    std::array<std::uint8_t, prime_size> bytes{};
    std::array<Number, 2> primes;
    for (Number& prime : primes) {
        fill(bytes);
        prime.reset(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
        if (!scratch || !prime || !make_prime(prime.get(), scratch.get()))
            return failed();
    }
    if (BN_cmp(primes[0].get(), primes[1].get()) < 0)
        std::swap(primes[0], primes[1]);
    const auto& [p, q] = primes;
    const Number n(BN_new()), e(BN_new()), d(BN_new()), p1(BN_dup(p.get())), q1(BN_dup(q.get())),
        phi(BN_new()), dp(BN_new()), dq(BN_new()), inverse(BN_new());
    BN_CTX* const with = scratch.get();
    const bool good =
        n && e && d && p1 && q1 && phi && dp && dq && inverse && BN_set_word(e.get(), exponent) == 1 &&
        BN_mul(n.get(), p.get(), q.get(), with) == 1 && BN_sub_word(p1.get(), 1) == 1 &&
        BN_sub_word(q1.get(), 1) == 1 && BN_mul(phi.get(), p1.get(), q1.get(), with) == 1 &&
        BN_mod_inverse(d.get(), e.get(), phi.get(), with) != nullptr &&
        BN_mod(dp.get(), d.get(), p1.get(), with) == 1 && BN_mod(dq.get(), d.get(), q1.get(), with) == 1 &&
        BN_mod_inverse(inverse.get(), q.get(), p.get(), with) != nullptr;
    const Builder builder(OSSL_PARAM_BLD_new());
    const auto push = [&](const char* name, const Number& number) {
        return OSSL_PARAM_BLD_push_BN(builder.get(), name, number.get()) == 1;
    };
    if (!good || !builder || !push(OSSL_PKEY_PARAM_RSA_N, n) || !push(OSSL_PKEY_PARAM_RSA_E, e) ||
        !push(OSSL_PKEY_PARAM_RSA_D, d) || !push(OSSL_PKEY_PARAM_RSA_FACTOR1, p) ||
        !push(OSSL_PKEY_PARAM_RSA_FACTOR2, q) || !push(OSSL_PKEY_PARAM_RSA_EXPONENT1, dp) ||
        !push(OSSL_PKEY_PARAM_RSA_EXPONENT2, dq) || !push(OSSL_PKEY_PARAM_RSA_COEFFICIENT1, inverse)) {
        return failed();
    }
    return key_from(builder.get());
}

} // namespace kaomon::card::simulated
