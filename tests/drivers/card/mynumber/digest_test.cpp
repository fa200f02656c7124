#include "drivers/card/mynumber/digest.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::mynumber {
namespace {

const SignatureScheme& rsa = scheme_of(KeyKind::rsa);
const SignatureScheme& p384 = scheme_of(KeyKind::p384);

TEST(Digest, OfSeveralSegmentsIsThatOfTheWhole) {
    const Bytes abc{'a', 'b', 'c'};
    EXPECT_EQ(to_hex(sha256({abc})), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256({ByteView(abc).first(1), ByteView(abc).subspan(1), ByteView()}), sha256({abc}));
    // FIPS 180-4, SHA-384 of "abc"
    EXPECT_EQ(
        to_hex(digest_of(Hash::sha384, {abc})),
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
}

TEST(Digest, RsaHasADigestInfoAsTheDesignWritesIt) {
    const SecretBytes one = block_of(rsa, Bytes(32));
    EXPECT_EQ(one.size(), 51U);
    EXPECT_EQ(to_hex(ByteView(one).first(19)), "3031300d060960864801650304020105000420");
    const std::array<Bytes, 3> three{Bytes(32), Bytes(32), Bytes(32)};
    const SecretBytes all = block_of(rsa, three);
    EXPECT_EQ(all.size(), 115U);
    EXPECT_EQ(to_hex(ByteView(all).first(19)), "3071300d060960864801650304020105000460");
}

TEST(Digest, P384SignsTheDigestAsItIs) {
    const Bytes digest = digest_of(Hash::sha384, {Bytes{1}});
    EXPECT_EQ(to_hex(block_of(p384, digest)), to_hex(digest));
    const std::array<Bytes, 3> three{digest, digest, digest};
    EXPECT_EQ(to_hex(block_of(p384, three)), to_hex(digest_of(Hash::sha384, {digest, digest, digest})));
}

} // namespace
} // namespace kaomon::card::mynumber
