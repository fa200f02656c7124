#include "daemon/result/base64url.hpp"
#include "daemon/result/ed25519.hpp"
#include "daemon/result/jws.hpp"
#include "tests/daemon/result/samples.hpp"

#include <gmock/gmock.h>

namespace kaomon::result {
namespace {

using testing::Folder;
using ::testing::HasSubstr;
using testing::sample_claims;
using ::testing::StartsWith;

const Claims claims = sample_claims();
const Expectation in_time{claims.nonce, claims.iat + 1};

struct Device {
    Folder folder;
    SigningKey key = SigningKey::load_or_create(folder / "key.pem").value();
};

void expect_refused(std::string_view jws, std::string_view keys, const char* detail,
                    Expectation expected = in_time) {
    const auto checked = check(jws, keys, expected);
    ASSERT_FALSE(checked) << detail;
    EXPECT_EQ(checked.error().reason, Reason::result_invalid);
    EXPECT_THAT(checked.error().detail, HasSubstr(detail));
}

// An attacker's or a careless vendor's JWS, well signed with a key of the set.
struct Forger {
    KeyHandle key = make_key();
    PublicKey half = *public_key(key.get());
    std::string keys =
        R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":")" + to_base64url(ByteView(half)) + R"("}]})";
    std::string sign(const std::string& header, const std::string& payload = to_json(claims)) const {
        const std::string text = to_base64url(header) + '.' + to_base64url(payload);
        return text + '.' + to_base64url(ByteView(*result::sign(key.get(), text)));
    }
};
const std::string good_header = R"({"alg":"EdDSA","typ":"kaomon-result+jws","kid":"k"})";

TEST(Jws, IsSignedAndChecked) {
    const Device device;
    const std::string jws = device.key.sign(claims);
    const auto checked = check(jws, device.key.jwk_set(), in_time);
    ASSERT_TRUE(checked) << checked.error().detail;
    EXPECT_EQ(to_json(*checked), to_json(claims));
}

TEST(Jws, HasTheWrittenHeaderAndKeySet) {
    const Device device;
    const std::string jws = device.key.sign(claims);
    const auto header = from_base64url(std::string_view(jws).substr(0, jws.find('.')));
    EXPECT_EQ(std::string(header->begin(), header->end()),
              R"({"alg":"EdDSA","typ":"kaomon-result+jws","kid":")" + device.key.key_id() + R"("})");
    EXPECT_EQ(device.key.key_id().size(), 43U);
    EXPECT_THAT(device.key.jwk_set(),
                StartsWith(R"({"keys":[{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","kid":")" +
                           device.key.key_id() + R"(","x":")"));
}

TEST(Jws, ChecksTheNonceOnlyWhenAsked) {
    const Device device;
    const std::string jws = device.key.sign(claims), keys = device.key.jwk_set();
    EXPECT_TRUE(check(jws, keys, {"", in_time.now}));
    expect_refused(jws, keys, "another nonce", {"other", in_time.now});
}

TEST(Jws, ChecksTheTimeWithAMinuteOfLeeway) {
    const Device device;
    const std::string jws = device.key.sign(claims), keys = device.key.jwk_set();
    EXPECT_TRUE(check(jws, keys, {"", claims.iat - 60}));
    EXPECT_TRUE(check(jws, keys, {"", claims.exp + 60}));
    expect_refused(jws, keys, "issued in the future", {"", claims.iat - 61});
    expect_refused(jws, keys, "expired", {"", claims.exp + 61});
    Claims backwards = claims;
    backwards.exp = backwards.iat;
    expect_refused(device.key.sign(backwards), keys, "expires before");
}

TEST(Jws, RefusesEveryChangedCharacter) {
    const Device device;
    const std::string jws = device.key.sign(claims), keys = device.key.jwk_set();
    for (std::size_t i = 0; i < jws.size(); ++i) {
        std::string changed = jws;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(check(changed, keys, in_time)) << i;
    }
    for (std::size_t length = 0; length < jws.size(); length += 7)
        EXPECT_FALSE(check(jws.substr(0, length), keys, in_time));
}

TEST(Jws, FindsItsKeyById) {
    const Device device, other;
    const std::string jws = device.key.sign(claims);
    expect_refused(jws, other.key.jwk_set(), "no key of that id");
    expect_refused(jws, R"({"keys":[]})", "no key of that id");
    std::string both = other.key.jwk_set();
    const std::string own = device.key.jwk_set();
    both.replace(both.size() - 2, 2, "," + own.substr(9));
    EXPECT_TRUE(check(jws, both, in_time));
    EXPECT_TRUE(check(other.key.sign(claims), both, in_time));
}

TEST(Jws, RefusesKeySetsThatAreNone) {
    const Device device;
    const std::string jws = device.key.sign(claims), keys = device.key.jwk_set();
    for (const char* wrong : {"", "null", "[]", "{}", R"({"keys":{}})"})
        expect_refused(jws, wrong, "JWK set");
    constexpr std::size_t largest = 65'536;
    EXPECT_TRUE(check(jws, std::string(largest - keys.size(), ' ') + keys, in_time));
    expect_refused(jws, std::string(largest + 1 - keys.size(), ' ') + keys, "JWK set");
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string changed = keys;
        return changed.replace(changed.find(from), from.size(), to);
    };
    expect_refused(jws, with("OKP", "oct"), "not an Ed25519 signing key");
    expect_refused(jws, with("Ed25519", "Ed448"), "not an Ed25519 signing key");
    expect_refused(jws, with("EdDSA", "HS256"), "not an Ed25519 signing key");
    expect_refused(jws, with("\"sig\"", "\"enc\""), "not an Ed25519 signing key");
    expect_refused(jws, with("\"x\":\"", "\"x\":\"AAAA"), "not an Ed25519 signing key");
}

TEST(Jws, PinsAlgorithmAndType) {
    const Forger forger;
    EXPECT_TRUE(check(forger.sign(good_header), forger.keys, in_time));
    expect_refused(forger.sign(R"({"alg":"none","typ":"kaomon-result+jws","kid":"k"})"), forger.keys,
                   "not EdDSA");
    expect_refused(forger.sign(R"({"alg":"HS256","typ":"kaomon-result+jws","kid":"k"})"), forger.keys,
                   "not EdDSA");
    expect_refused(forger.sign(R"({"alg":"eddsa","typ":"kaomon-result+jws","kid":"k"})"), forger.keys,
                   "not EdDSA");
    expect_refused(forger.sign(R"({"alg":["EdDSA"],"typ":"kaomon-result+jws","kid":"k"})"), forger.keys,
                   "not EdDSA");
    expect_refused(forger.sign(R"({"alg":"EdDSA","typ":"JWT","kid":"k"})"), forger.keys,
                   "not a Kaomon result");
    expect_refused(forger.sign(R"({"alg":"EdDSA","kid":"k"})"), forger.keys, "not a Kaomon result");
    expect_refused(forger.sign(R"({"alg":"EdDSA","typ":"kaomon-result+jws"})"), forger.keys,
                   "alg, typ and kid");
    expect_refused(
        forger.sign(R"({"alg":"EdDSA","typ":"kaomon-result+jws","kid":"k","crit":["b64"],"b64":false})"),
        forger.keys, "alg, typ and kid");
    expect_refused(forger.sign(R"({"alg":"EdDSA","typ":"kaomon-result+jws","kid":"k","jwk":{}})"),
                   forger.keys, "alg, typ and kid");
    expect_refused(forger.sign("[]"), forger.keys, "header is not");
    expect_refused(forger.sign(good_header, "{}"), forger.keys, "claim iss");
    expect_refused(forger.sign(good_header, "no json"), forger.keys, "not JSON");
}

// What would verify if the public key were taken for a shared secret, or the signature for optional.
// RFC 7519 §4.1.3: a result for one system is none for another, nor for one without a name.
TEST(Jws, IsForItsAudienceAlone) {
    const Device device;
    const std::string keys = device.key.jwk_set();
    Claims for_orca = claims;
    for_orca.aud = "orca";
    const std::string named = device.key.sign(for_orca), unnamed = device.key.sign(claims);
    const auto as = [](std::optional<std::string> audience) {
        Expectation expected = in_time;
        expected.audience = std::move(audience);
        return expected;
    };
    EXPECT_TRUE(check(named, keys, as("orca")));
    EXPECT_TRUE(check(named, keys, as(std::nullopt))) << "whoever does not compare";
    expect_refused(named, keys, "another audience");
    expect_refused(named, keys, "another audience", as("pharmacy"));
    EXPECT_TRUE(check(unnamed, keys, in_time));
    expect_refused(unnamed, keys, "no audience", as("orca"));
}

TEST(Jws, RefusesEmptyAndOversizedParts) {
    const Device device;
    const std::string jws = device.key.sign(claims), keys = device.key.jwk_set();
    expect_refused("", keys, "three parts");
    expect_refused("..", keys, "header is not");
    expect_refused(jws.substr(0, jws.rfind('.') + 1), keys, "does not verify");
    expect_refused(jws + ".", keys, "three parts");
    expect_refused(jws + "=", keys, "does not verify");
    constexpr std::size_t largest = 65'536; // as the socket's messages
    expect_refused(jws + std::string(largest - jws.size(), 'A'), keys, "does not verify");
    expect_refused(jws + std::string(largest + 1 - jws.size(), 'A'), keys, "larger than any result");
}

} // namespace
} // namespace kaomon::result
