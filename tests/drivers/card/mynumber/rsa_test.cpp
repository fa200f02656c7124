#include "drivers/card/mynumber/digest.hpp"
#include "drivers/card/mynumber/rsa.hpp"
#include "drivers/card/simulated/key_maker.hpp" // signs with code of its own

#include <gtest/gtest.h>

namespace kaomon::card::mynumber {
namespace {

const simulated::CardKey& signer() {
    static const auto key = simulated::KeyMaker().make().value();
    return key;
}

SecretBytes block(std::initializer_list<ByteView> segments) {
    return digest_info(sha256(segments));
}

TEST(RsaKey, VerifiesExactlyWhatWasSigned) {
    const Bytes object = signer().public_object();
    const auto key = RsaKey::read(object);
    ASSERT_TRUE(key);
    const SecretBytes info = block({});
    Bytes signature = signer().sign_block(info).value();
    EXPECT_TRUE(key->verifies(signature, info));
    EXPECT_FALSE(key->verifies(signature, block({Bytes{1}})));
    EXPECT_FALSE(key->verifies(signature, ByteView(info).first(50)));
    EXPECT_FALSE(key->verifies(ByteView(signature).first(255), info));
    EXPECT_FALSE(key->verifies({}, info));
    signature[128] ^= 1;
    EXPECT_FALSE(key->verifies(signature, info));
}

TEST(RsaKey, AMessageIsItsSegments) {
    const Bytes object = signer().public_object(), message{7, 8, 9};
    const auto key = RsaKey::read(object);
    const Bytes signature = signer().sign(message);
    EXPECT_TRUE(key->verifies_message(signature, {ByteView(message).first(1), ByteView(message).subspan(1)}));
    EXPECT_FALSE(key->verifies_message(signature, {ByteView(message).first(2)}));
}

TEST(RsaKey, NothingMayStandBehindTheDigest) {
    const Bytes object = signer().public_object();
    const auto key = RsaKey::read(object);
    SecretBytes longer = block({});
    longer.push_back(0);
    EXPECT_FALSE(key->verifies(signer().sign_block(longer).value(), block({})));
}

TEST(RsaKey, SizesThatAreNotUsedAreMalformed) {
    Bytes good = signer().public_object();
    EXPECT_TRUE(RsaKey::read(good));
    EXPECT_FALSE(RsaKey::read({}));
    EXPECT_FALSE(RsaKey::read(ByteView(good).first(264)));
    EXPECT_FALSE(RsaKey::read(ByteView(good).subspan(5))); // no exponent
    EXPECT_FALSE(RsaKey::read(Bytes{0x90, 0x01, 0x03, 0x91, 0x01, 0xFF}));
    Bytes even = good;
    even.back() = 0xFE;
    EXPECT_FALSE(RsaKey::read(even));
    Bytes one = good;
    one[2] = 0, one[3] = 0, one[4] = 0; // exponent 0
    EXPECT_FALSE(RsaKey::read(one));
}

} // namespace
} // namespace kaomon::card::mynumber
