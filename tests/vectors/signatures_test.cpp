// Signatures of others, right and forged, through the verifiers of the result and of the card.
#include "daemon/result/base64url.hpp"
#include "daemon/result/ed25519.hpp"
#include "daemon/result/jws.hpp"
#include "drivers/card/mynumber/rsa.hpp"
#include "tests/vectors/vectors.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <algorithm>

namespace kaomon::vectors {
namespace {

std::string_view text_of(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// `verifies` of each test of each group, against what Wycheproof says of it; how many there were.
int held_against(const boost::json::object& file, const auto& verifies) {
    int tried = 0;
    for (const auto& group : file.at("testGroups").as_array()) {
        for (const auto& test : group.at("tests").as_array()) {
            const auto& said = test.at("result").as_string();
            const bool taken = verifies(group, test);
            ++tried;
            if (said != "acceptable") { // then either
                EXPECT_EQ(taken, said == "valid") << boost::json::serialize(test);
            }
        }
    }
    return tried;
}

TEST(Wycheproof, Ed25519) {
    SKIP_WITHOUT_VECTORS();
    const int tried =
        held_against(read("wycheproof/ed25519_test.json"), [](const auto& group, const auto& test) {
            const Bytes key = bytes_of(group.at("publicKey").at("pk")), message = bytes_of(test.at("msg")),
                        signature = bytes_of(test.at("sig"));
            result::PublicKey as_ours{};
            std::ranges::copy(key, as_ours.begin());
            return result::verify(as_ours, text_of(message), signature);
        });
    EXPECT_EQ(tried, 151);
}

TEST(Wycheproof, RsaOfCards) {
    SKIP_WITHOUT_VECTORS();
    const int tried = held_against(
        read("wycheproof/rsa_signature_2048_sha256_test.json"), [](const auto& group, const auto& test) {
            Bytes modulus = bytes_of(group.at("publicKey").at("modulus"));
            if (modulus.front() == 0) // as an ASN.1 integer
                modulus.erase(modulus.begin());
            const Bytes exponent = bytes_of(group.at("publicKey").at("publicExponent")),
                        message = bytes_of(test.at("msg")), signature = bytes_of(test.at("sig"));
            return card::mynumber::RsaKey{modulus, exponent}.verifies_message(signature, {message});
        });
    EXPECT_EQ(tried, 259);
}

// Other algorithms' signatures, valid or not, with their own keys in the set: a result has one algorithm.
TEST(Wycheproof, NoOtherAlgorithmIsAResult) {
    SKIP_WITHOUT_VECTORS();
    int tried = 0;
    const auto file = read("wycheproof/json_web_signature_test.json");
    for (const auto& group : file.at("testGroups").as_array()) {
        const auto& named = group.as_object();
        const auto& key = named.contains("public") ? named.at("public") : named.at("private");
        const std::string set =
            boost::json::serialize(boost::json::object{{"keys", boost::json::array{key}}});
        for (const auto& test : named.at("tests").as_array()) {
            const auto& jws = test.at("jws");
            const std::string text =
                jws.is_string() ? std::string(jws.as_string()) : boost::json::serialize(jws);
            EXPECT_FALSE(result::check(text, set, {})) << boost::json::serialize(test);
            EXPECT_FALSE(result::open_jws(text, set, result::result_type)) << boost::json::serialize(test);
            ++tried;
        }
    }
    EXPECT_EQ(tried, 401);
}

// RFC 8037, A.4, as the cookbook has it: its signature is right, and it is no result of ours (no type).
TEST(JoseCookbook, Ed25519Jws) {
    SKIP_WITHOUT_VECTORS();
    const auto example = read("jose/curve25519_jws.json");
    const auto& key = example.at("input").at("key").as_object();
    const auto& compact = example.at("output").at("compact").as_string();
    const std::string jws(compact);
    const auto x = result::from_base64url(std::string(key.at("x").as_string()));
    const auto signature = result::from_base64url(jws.substr(jws.rfind('.') + 1));
    ASSERT_TRUE(x && signature && x->size() == 32);
    result::PublicKey as_ours{};
    std::ranges::copy(*x, as_ours.begin());
    EXPECT_TRUE(result::verify(as_ours, std::string_view(jws).substr(0, jws.rfind('.')), *signature));
    EXPECT_FALSE(
        result::open_jws(jws, boost::json::serialize(boost::json::object{{"keys", boost::json::array{key}}}),
                         result::result_type));
}

} // namespace
} // namespace kaomon::vectors
