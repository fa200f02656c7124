#include "drivers/card/mynumber/openssl_handles.hpp"
#include "drivers/card/simulated/key_maker.hpp"
#include "drivers/card/simulated/prime.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <memory>

namespace kaomon::card::simulated {
namespace {

TEST(KeyMaker, ASeedRepeatsItsKeysAndNoneGivesFreshOnes) {
    KeyMaker one(7), two(7), fresh;
    const auto first = one.make().value().modulus();
    EXPECT_EQ(first, two.make().value().modulus());
    EXPECT_NE(first, one.make().value().modulus()) << "the next one";
    EXPECT_NE(fresh.make().value().modulus(), fresh.make().value().modulus());
}

TEST(KeyMaker, OpensslFindsTheKeysInOrder) {
    KeyMaker maker;
    for (int i = 0; i < 3; ++i) {
        const CardKey key = maker.make().value();
        const mynumber::ContextHandle context(EVP_PKEY_CTX_new(key.get(), nullptr));
        EXPECT_EQ(EVP_PKEY_check(context.get()), 1) << "primes, and all numbers fit each other";
        EXPECT_GE(key.modulus().front(), 0x80) << "2048 bits";
    }
}

// Against OpenSSL's own test, which looks 64 times.
TEST(Prime, IsTheFirstOneFromThere) {
    const std::unique_ptr<BIGNUM, mynumber::Free<&BN_clear_free>> number(BN_new()), walked(BN_new());
    const std::unique_ptr<BN_CTX, mynumber::Free<&BN_CTX_free>> scratch(BN_CTX_new());
    for (int i = 0; i < 20; ++i) {
        ASSERT_EQ(BN_rand(number.get(), 256, BN_RAND_TOP_TWO, BN_RAND_BOTTOM_ODD), 1);
        ASSERT_NE(BN_copy(walked.get(), number.get()), nullptr);
        while (BN_mod_word(walked.get(), 3) == 1 || BN_check_prime(walked.get(), scratch.get(), nullptr) != 1)
            BN_add_word(walked.get(), 2);
        ASSERT_TRUE(raise_to_prime(number.get(), 3, scratch.get()));
        EXPECT_EQ(BN_cmp(number.get(), walked.get()), 0);
    }
}

} // namespace
} // namespace kaomon::card::simulated
