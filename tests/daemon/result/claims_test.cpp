#include "daemon/result/claims.hpp"
#include "tests/daemon/result/samples.hpp"

#include <gmock/gmock.h>

namespace kaomon::result {
namespace {

using ::testing::HasSubstr;
using testing::sample_claims;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    EXPECT_NE(at, text.npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(Claims, HaveTheWrittenShape) {
    EXPECT_EQ(
        to_json(sample_claims()),
        R"({"iss":"kaomon:test","nonce":"n-受付-1","iat":1795000000,"exp":1795000300,"jti":"0123456789abcdef",)"
        R"("decision":"verified","amr":["face","sc"],"reason":"match",)"
        R"("genuineness":{"signature":"valid","chip":"not_checked"},)"
        R"("liveness":[{"kind":"feed_black","outcome":"pass"},{"kind":"head_turn","outcome":"not_assessed"}],)"
        R"("policy":{"name":"normal","false_match_rate":1E-3,"evidence":"LFW"},)"
        R"("models":[{"name":"sface","sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}],)"
        R"("simulated":["card","camera"],"revocation":"not_checked","visual_check":null,"earlier":[],)"
        R"("suspicion":[],"warnings":[],"subject":null})");
}

Claims of_a_visual_check() {
    Claims claims = sample_claims();
    claims.method = Method::visual_check;
    claims.visual_check = {"hanako.s", VisualCheckReason::pin_failed, 1'795'000'000};
    claims.earlier = {{Method::face, "no_match"}, {Method::pin, "pin_wrong"}};
    claims.suspicion = {"feed_repeated"};
    claims.warnings = {{"sign_in_certificate_ends_soon", "2027-01-05"}, {"sign_in_certificate_missing", ""}};
    return claims;
}

TEST(Claims, TellWhoLookedAndWhichMethodsFailed) {
    const std::string text = to_json(of_a_visual_check());
    EXPECT_THAT(
        text,
        HasSubstr(
            R"("visual_check":{"staff":"hanako.s","reason":"pin_failed","time":1795000000},)"
            R"("earlier":[{"method":"face","reason":"no_match"},{"method":"pin","reason":"pin_wrong"}],)"
            R"("suspicion":["feed_repeated"],"warnings":[{"reason":)"
            R"("sign_in_certificate_ends_soon","day":"2027-01-05"},)"
            R"({"reason":"sign_in_certificate_missing"}],"subject":null})"));
    EXPECT_EQ(to_json(claims_from_json(text).value()), text);
}

TEST(Claims, NameTheCardAndWhoWasExpected) {
    Claims claims = sample_claims();
    claims.subject = {SubjectKind::chip_key, "AQIDBAUGBwgJCgsMDQ4PEA", "EA8ODQwLCgkIBwYFBAMCAQ"};
    claims.expected.emplace().birth_date = Expected::match;
    const std::string text = to_json(claims);
    EXPECT_THAT(text,
                HasSubstr(R"("subject":{"kind":"chip_key","reference":"AQIDBAUGBwgJCgsMDQ4PEA",)"
                          R"("previous":"EA8ODQwLCgkIBwYFBAMCAQ"},"expected":{"birth_date":"match"}})"));
    EXPECT_EQ(to_json(claims_from_json(text).value()), text);
    EXPECT_FALSE(claims_from_json(replaced(text, "chip_key", "name_of_the_holder")));
    EXPECT_FALSE(claims_from_json(replaced(text, R"("birth_date":"match")", R"("birth_date":"yes")")));
}

TEST(Claims, TellWhomTheyAreForWhatForAndWhatOfTheHolder) {
    Claims claims = sample_claims();
    claims.aud = "orca";
    claims.purpose = {"check-in", "受付のために使います。"};
    auto& attributes = claims.attributes.emplace();
    attributes.values = {{Attribute::name, "見本\u3000●子"}, {Attribute::sex, "female"}};
    attributes.consent = ConsentBy::staff;
    attributes.staff = "hanako.s";
    const std::string text = to_json(claims);
    EXPECT_THAT(text,
                HasSubstr(R"("aud":"orca","purpose":{"word":"check-in","sentence":"受付のために使います。"},)"
                          R"("attributes":{"values":{"name":"見本　●子","sex":"female"},"consent":"staff",)"
                          R"("staff":"hanako.s"}})"));
    EXPECT_EQ(to_json(claims_from_json(text).value()), text);
    attributes.values.clear();
    attributes.withheld = "consent_refused";
    EXPECT_THAT(to_json(claims), HasSubstr(R"("attributes":{"values":{},"withheld":"consent_refused",)"));
    EXPECT_EQ(to_json(claims_from_json(to_json(claims)).value()), to_json(claims));
    for (const auto& [from, to] : {std::pair{R"("aud":"orca")", R"("aud":["orca"])"},
                                   {R"("aud":"orca")", R"("aud":"")"},
                                   {R"("word":"check-in")", R"("word":"")"},
                                   {R"("consent":"staff")", R"("consent":"nobody")"},
                                   {R"("name":"見本　●子")", R"("name":1)"},
                                   {R"("values":{)", R"("value":{)"}})
        EXPECT_FALSE(claims_from_json(replaced(text, from, to))) << to;
}

TEST(Claims, OfOlderResultsAreReadToo) {
    std::string text = to_json(sample_claims());
    text = text.substr(0, text.find(R"(,"revocation")")) + "}";
    const auto read = claims_from_json(text);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->revocation, card::mynumber::Check::not_checked);
    EXPECT_FALSE(read->visual_check);
}

TEST(Claims, AreReadBack) {
    const Claims read = claims_from_json(to_json(sample_claims())).value();
    EXPECT_EQ(to_json(read), to_json(sample_claims()));
    EXPECT_EQ(read.nonce, "n-受付-1");
    EXPECT_EQ(read.liveness.size(), 2U);
    EXPECT_DOUBLE_EQ(read.policy.false_match_rate, 0.001);
    EXPECT_EQ(read.simulated, (std::vector<std::string>{"card", "camera"}));
}

TEST(Claims, BoastOfNoPolicyWhenNothingWasCompared) {
    Claims claims = sample_claims();
    claims.method = Method::pin;
    claims.policy = {};
    claims.liveness.clear();
    EXPECT_THAT(to_json(claims), HasSubstr(R"("liveness":[],"policy":null)"));
    EXPECT_EQ(claims_from_json(to_json(claims))->policy.name, "");
}

TEST(Claims, EscapeWhatTheCallerSent) {
    Claims claims = sample_claims();
    claims.nonce = "\"},\\\n";
    EXPECT_EQ(claims_from_json(to_json(claims))->nonce, claims.nonce);
}

TEST(Claims, PassOverWhatALaterVersionAdds) {
    EXPECT_TRUE(claims_from_json(replaced(to_json(sample_claims()), R"({"iss")", R"({"later":[1],"iss")")));
}

TEST(Claims, NameWhatIsWrong) {
    const std::string good = to_json(sample_claims());
    const auto expect_wrong = [&](std::string_view from, std::string_view to, const char* detail) {
        const auto read = claims_from_json(replaced(good, from, to));
        ASSERT_FALSE(read) << to;
        EXPECT_EQ(read.error().reason, Reason::result_invalid);
        EXPECT_THAT(read.error().detail, HasSubstr(detail)) << to;
    };
    expect_wrong(R"("iss":)", R"("isx":)", "claim iss is missing");
    expect_wrong(R"("decision":"verified")", R"("decision":"yes")", "claim decision");
    expect_wrong(R"("amr":["face","sc"])", R"("method":"face")", "claim amr");
    for (const char* unknown : {"[]", R"(["face"])", R"(["sc","face"])", R"(["face","sc","pin"])",
                                R"(["face","pin"])", R"(["visual_check","sc"])", R"("face")", "[1]", "null"})
        expect_wrong(R"(["face","sc"])", unknown, "claim amr");
    expect_wrong("1795000000", "\"1795000000\"", "claim iat");
    expect_wrong("1795000000", "-1", "claim iat");
    expect_wrong("1795000300", "9223372036854775807", "claim exp");
    expect_wrong("1795000300", "1e30", "claim exp");
    expect_wrong(R"("chip":"not_checked")", R"("chip":"ok")", "claim genuineness.chip");
    expect_wrong(R"({"signature":"valid","chip":"not_checked"})", "null", "claim genuineness.");
    expect_wrong(R"("outcome":"pass")", R"("outcome":"fine")", "claim liveness.outcome");
    expect_wrong(R"({"name":"normal")", R"({"name":"")", "claim policy.name");
    expect_wrong("1E-3", "\"none\"", "claim policy.false_match_rate");
    expect_wrong("1E-3", "1.1", "claim policy.false_match_rate");
    expect_wrong(R"(["card","camera"])", "[1]", "claim simulated");
    expect_wrong(R"(["card","camera"])", "true", "claim simulated");
    expect_wrong(R"(["card","camera"])", "[[[[[[]]]]]]", "not JSON");
    expect_wrong(R"("revocation":"not_checked")", R"("revocation":"fine")", "claim revocation");
    expect_wrong(R"("visual_check":null)", R"("visual_check":"hanako")", "claim visual_check.");
    expect_wrong(R"("visual_check":null)", R"("visual_check":{"staff":"a","reason":"because","time":1})",
                 "claim visual_check.reason");
    expect_wrong(R"("visual_check":null)", R"("visual_check":{"staff":"a","reason":"other","time":-1})",
                 "claim visual_check.time");
    expect_wrong(R"("earlier":[])", R"("earlier":[{"method":"guess","reason":"b"}])", "claim earlier.method");
    expect_wrong(R"("suspicion":[])", R"("suspicion":[1])", "claim suspicion");
    expect_wrong(R"("warnings":[])", R"("warnings":[{}])", "claim warnings.reason");
}

TEST(Claims, AreLimited) {
    EXPECT_FALSE(claims_from_json(""));
    EXPECT_FALSE(claims_from_json("[]"));
    EXPECT_FALSE(claims_from_json(std::string(40'000, ' ') + to_json(sample_claims())));
    Claims many = sample_claims();
    many.simulated.assign(65, "card");
    EXPECT_FALSE(claims_from_json(to_json(many)));
}

} // namespace
} // namespace kaomon::result
