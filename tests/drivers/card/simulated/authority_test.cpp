#include "drivers/card/simulated/authority.hpp"
#include "drivers/card/tlv.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>
#include <toml++/toml.h>

namespace kaomon::card::simulated {
namespace {

TEST(Authority, KeyIdsSayThatTheyAreSimulated) {
    const KeyId& id = sample_card().authority.id();
    EXPECT_EQ(to_hex(ByteView(id).first(12)), "393030303032330805303031"); // 9000023, 08 05, 001
}

TEST(Authority, CertificateIsByteForByteAsOnTheCard) {
    const Authority& authority = sample_card().authority;
    Card card(sample_card().issued.contents);
    select_application(card, photo_application);
    const SecretBytes certificate = read_whole(card, 0x0004);
    ASSERT_EQ(certificate.size(), 568U);
    EXPECT_EQ(to_hex(ByteView(certificate).first(5)), "7f21820233");
    EXPECT_EQ(to_hex(ByteView(certificate).subspan(5, 5)), "5f4e820129");
    const ByteView body = ByteView(certificate).subspan(10, 297);
    EXPECT_TRUE(std::ranges::equal(body.first(16), authority.id()));
    EXPECT_EQ(to_hex(body.subspan(16, 12)), "393030303032330805303032");
    EXPECT_EQ(to_hex(body.subspan(32, 9)), "900301000191820100");
    EXPECT_EQ(to_hex(ByteView(certificate).subspan(307, 5)), "5f37820100");
    const Bytes info = recover(authority.key().modulus(), ByteView(certificate).subspan(312));
    EXPECT_EQ(info, digest_info(sha256(body)));
}

TEST(Authority, TrustFileIsWhatTheTrustStoreReads) {
    const Authority& authority = sample_card().authority;
    const toml::table file = toml::parse(authority.trust_file());
    const auto* keys = file["key"].as_array();
    ASSERT_TRUE(keys != nullptr && keys->size() == 2);
    EXPECT_EQ((*keys->get(1)->as_table())["id"].value_or(std::string()).substr(0, 24),
              "393030303033330805303031")
        << "the same key, as the authority of the attributes' signers";
    const toml::table& key = *keys->get(0)->as_table();
    EXPECT_EQ(key["id"].value_or(std::string()), to_hex(authority.id()));
    std::string modulus = key["modulus"].value_or(std::string());
    std::erase(modulus, '\n');
    EXPECT_EQ(modulus, to_hex(authority.key().modulus()));
    EXPECT_EQ(key["exponent"].value_or(std::string()), "010001");
    EXPECT_NE(key["provenance"].value_or(std::string()).find("simulated"), std::string::npos);
}

} // namespace
} // namespace kaomon::card::simulated
