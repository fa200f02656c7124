#include "drivers/card/mynumber/digest.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::mynumber {
namespace {

TEST(Digest, OfSeveralSegmentsIsThatOfTheWhole) {
    const Bytes abc{'a', 'b', 'c'};
    EXPECT_EQ(to_hex(sha256({abc})), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256({ByteView(abc).first(1), ByteView(abc).subspan(1), ByteView()}), sha256({abc}));
}

TEST(DigestInfo, IsWrittenAsTheSpecificationHasIt) { // drivers/card/SPEC.md §2, §5.3
    const SecretBytes one = digest_info(Digest{});
    EXPECT_EQ(one.size(), 51U);
    EXPECT_EQ(to_hex(ByteView(one).first(19)), "3031300d060960864801650304020105000420");
    const SecretBytes all = digest_info(std::array<Digest, 3>{});
    EXPECT_EQ(all.size(), 115U);
    EXPECT_EQ(to_hex(ByteView(all).first(19)), "3071300d060960864801650304020105000460");
}

} // namespace
} // namespace kaomon::card::mynumber
