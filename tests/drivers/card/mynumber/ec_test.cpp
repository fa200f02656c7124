#include "drivers/card/mynumber/digest.hpp"
#include "drivers/card/mynumber/public_key.hpp"
#include "drivers/card/simulated/key.hpp" // signs with code of its own

#include <gtest/gtest.h>

namespace kaomon::card::mynumber {
namespace {

const simulated::CardKey& signer() {
    static const auto key = simulated::CardKey::generate(KeyKind::p384).value();
    return key;
}

TEST(EcKey, VerifiesExactlyWhatWasSigned) {
    const Bytes object = signer().public_object();
    const auto key = EcKey::read(object);
    ASSERT_TRUE(key);
    const Bytes digest = digest_of(Hash::sha384, {Bytes{1, 2, 3}});
    Bytes signature = signer().sign_block(digest).value();
    EXPECT_EQ(signature.size(), 96U);
    EXPECT_TRUE(key->verifies(signature, digest));
    EXPECT_FALSE(key->verifies(signature, digest_of(Hash::sha384, {Bytes{1, 2, 4}})));
    EXPECT_FALSE(key->verifies(signature, ByteView(digest).first(47)));
    EXPECT_FALSE(key->verifies(ByteView(signature).first(95), digest));
    EXPECT_FALSE(key->verifies({}, digest));
    EXPECT_FALSE(key->verifies(Bytes(96), digest)) << "r and s of zero";
    signature[50] ^= 1;
    EXPECT_FALSE(key->verifies(signature, digest));
}

TEST(EcKey, APointOffTheCurveIsMalformed) {
    Bytes object = signer().public_object();
    EXPECT_TRUE(EcKey::read(object));
    EXPECT_FALSE(EcKey::read({}));
    EXPECT_FALSE(EcKey::read(ByteView(object).first(98)));
    Bytes off = object;
    off.back() ^= 1;
    EXPECT_EQ(EcKey::read(off).error().reason, Reason::card_data_malformed);
    Bytes compressed = object;
    compressed[2] = 0x02;
    EXPECT_FALSE(EcKey::read(compressed));
    Bytes other_tag = object;
    other_tag[0] = 0x87;
    EXPECT_FALSE(EcKey::read(other_tag));
}

TEST(PublicKey, IsOfTheKindItIsWrittenAs) {
    const Bytes point = signer().public_object();
    const Bytes modulus = simulated::CardKey::generate().value().public_object();
    EXPECT_EQ(PublicKey::read(point)->scheme().key, KeyKind::p384);
    EXPECT_EQ(PublicKey::read(modulus)->scheme().key, KeyKind::rsa);
    EXPECT_FALSE(PublicKey::read({}));
    EXPECT_FALSE(PublicKey::read(Bytes{0x86, 0x00}));
    const Bytes message{7, 8, 9};
    EXPECT_TRUE(PublicKey::read(point)->verifies_message(
        signer().sign(message), {ByteView(message).first(1), ByteView(message).subspan(1)}));
}

} // namespace
} // namespace kaomon::card::mynumber
