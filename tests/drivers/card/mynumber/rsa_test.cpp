#include "drivers/card/mynumber/rsa.hpp"
#include "drivers/card/simulated/rsa.hpp" // signs with code of its own

#include <gtest/gtest.h>

namespace kaomon::card::mynumber {
namespace {

const simulated::RsaKey& signer() {
    static const auto key = simulated::RsaKey::generate().value();
    return key;
}

TEST(Sha256, OfSeveralSegmentsIsThatOfTheWhole) {
    const Bytes abc{'a', 'b', 'c'};
    EXPECT_EQ(to_hex(sha256({abc})), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256({ByteView(abc).first(1), ByteView(abc).subspan(1), ByteView()}), sha256({abc}));
}

TEST(DigestInfo, AsTheDesignWritesIt) {
    const SecretBytes one = digest_info(Digest{});
    EXPECT_EQ(one.size(), 51U);
    EXPECT_EQ(to_hex(ByteView(one).first(19)), "3031300d060960864801650304020105000420");
    const SecretBytes three = digest_info(Digest{}, Digest{}, Digest{});
    EXPECT_EQ(three.size(), 115U);
    EXPECT_EQ(to_hex(ByteView(three).first(19)), "3071300d060960864801650304020105000460");
}

TEST(RsaKey, VerifiesExactlyWhatWasSigned) {
    const Bytes object = signer().public_object();
    const auto key = RsaKey::read(object);
    ASSERT_TRUE(key);
    const SecretBytes info = digest_info(sha256({}));
    Bytes signature = signer().sign_padded(info).value();
    EXPECT_TRUE(key->verifies(signature, info));
    EXPECT_FALSE(key->verifies(signature, digest_info(sha256({Bytes{1}}))));
    EXPECT_FALSE(key->verifies(signature, ByteView(info).first(50)));
    EXPECT_FALSE(key->verifies(ByteView(signature).first(255), info));
    EXPECT_FALSE(key->verifies({}, info));
    signature[128] ^= 1;
    EXPECT_FALSE(key->verifies(signature, info));
}

TEST(RsaKey, NothingMayStandBehindTheDigest) {
    const Bytes object = signer().public_object();
    const auto key = RsaKey::read(object);
    SecretBytes longer = digest_info(sha256({}));
    longer.push_back(0);
    EXPECT_FALSE(key->verifies(signer().sign_padded(longer).value(), digest_info(sha256({}))));
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
