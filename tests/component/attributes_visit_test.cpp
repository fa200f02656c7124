// What of the holder a result tells, and that it stands nowhere else: on real parts.
#include "tests/component/visit_fixture.hpp"

#include <fstream>
#include <iterator>

namespace kaomon::test {
namespace {

namespace json = boost::json;

class AttributesVisit : public VisitTest {
  protected:
    void TearDown() override {
        desk->put(card);
        VisitTest::TearDown();
        EXPECT_EQ(desk->tries(card, "access_number_text"), 10) << "a try of the attributes was spent";
    }

    // With the number known beforehand; `answer` is given when it is asked for.
    static Visit wanting(json::array attributes, json::object answer,
                         const std::filesystem::path& of = card) {
        Caller caller(desk->socket());
        caller.send("org.kaomon.Verification.Verify",
                    {{"nonce", "nonce-of-a-component-test"},
                     {"access_number", {{"number", desk->number(of)}}},
                     {"idempotency_key", "act-of-wanting-" + std::to_string(++acts)},
                     {"attributes", std::move(attributes)},
                     {"purpose", {{"word", "check-in"}, {"sentence", "受付のために使います。"}}},
                     {"deadline_ms", 20'000}},
                    true);
        while (const auto reply = caller.receive()) {
            if (reply->contains("error")) {
                Visit refused;
                refused.reason = reply->at("error").as_string();
                return refused;
            }
            const auto& step = reply->at("parameters").as_object();
            const auto* hint = step.if_contains("hint");
            if (hint == nullptr || hint->at("word") != "consent_missing")
                continue;
            Caller patient(desk->socket());
            const auto taken = patient.call("org.kaomon.Verification.Provide",
                                            {{"session", step.at("session")},
                                             {"idempotency_key", "answer-of-wanting-" + std::to_string(acts)},
                                             {"consent", std::move(answer)}});
            EXPECT_FALSE(taken.contains("error")) << json::serialize(taken);
            return Desk::follow(caller);
        }
        return {};
    }
    static const json::object yes() {
        static const json::object answer{{"given", true}};
        return answer;
    }
    static std::string value_of(const result::Claims& claims, Attribute which) {
        for (const auto& [attribute, value] : claims.attributes->values) {
            if (attribute == which)
                return value;
        }
        return "not given";
    }
    static std::string withheld(const Visit& visit) {
        EXPECT_EQ(visit.decision, "verified") << visit.reason << "\n" << desk->daemon().log();
        const auto claims = claims_of(visit);
        return claims.attributes && claims.attributes->values.empty() ? claims.attributes->withheld
                                                                      : "nothing is withheld";
    }
    inline static int acts = 0;
};

TEST_F(AttributesVisit, WhatIsWantedAndAgreedStandsInTheResultAlone) {
    const auto visit = wanting({"name", "address"}, yes());
    ASSERT_EQ(visit.decision, "verified") << visit.reason << desk->daemon().log();
    const auto claims = claims_of(visit);
    ASSERT_TRUE(claims.attributes);
    const auto name = value_of(claims, Attribute::name), address = value_of(claims, Attribute::address);
    EXPECT_EQ(name, "見本\u3000花子");
    EXPECT_EQ(address, "東京都千代田区霞が関一丁目一番地");
    EXPECT_EQ(value_of(claims, Attribute::birth_date), "not given") << "nobody asked";
    EXPECT_EQ(claims.attributes->consent, ConsentBy::patient);
    EXPECT_EQ(claims.purpose.word, "check-in");
    // Not in what is written, and not in what anybody may ask.
    Caller anybody(desk->socket());
    std::string elsewhere = desk->daemon().log() + json::serialize(desk->status()) +
                            json::serialize(anybody.call("org.kaomon.Device.GetMetrics")) +
                            json::serialize(anybody.call("org.kaomon.Device.GetInfo"));
    for (const auto& entry : std::filesystem::directory_iterator(desk->state())) {
        if (!entry.is_regular_file() || entry.path().extension() == ".json") // the issuer's own words
            continue;
        std::ifstream file(entry.path(), std::ios::binary);
        elsewhere.append(std::istreambuf_iterator<char>(file), {});
    }
    for (const auto* part : {"花子", "霞が関", "受付のために"})
        EXPECT_EQ(elsewhere.find(part), std::string::npos) << part;
    EXPECT_NE(elsewhere.find(R"("purpose":"check-in","attributes":"name,address","consent":"patient")"),
              std::string::npos)
        << "the record keeps their names";
    expect_ready();
}

TEST_F(AttributesVisit, ANoReadsNothing) {
    EXPECT_EQ(withheld(wanting({"name"}, {{"given", false}})), "consent_refused");
    expect_ready();
}

TEST_F(AttributesVisit, StaffAnswersAsWhomItIsEntered) {
    const auto visit = wanting({"sex", "birth_date"}, {{"given", true}, {"staff", "hanako.s"}});
    ASSERT_EQ(visit.decision, "verified") << visit.reason;
    const auto claims = claims_of(visit);
    EXPECT_EQ(value_of(claims, Attribute::sex), "female");
    EXPECT_EQ(value_of(claims, Attribute::birth_date), "1985-05-05");
    EXPECT_EQ(claims.attributes->staff, "hanako.s");
}

TEST_F(AttributesVisit, ACardThatCannotGiveThemVerifiesAllTheSame) {
    for (const auto& [kind, why] : {std::pair{"attributes-locked", "card_locked"},
                                    {"forged-attributes", "attributes_signature_invalid"},
                                    {"other-attributes", "attributes_contradict_card"},
                                    {"no-attributes", "attributes_missing"}}) {
        const auto other = desk->issue(kind, {"--kind", kind});
        desk->restart_daemon(Desk::other_view_of_holder());
        desk->put(other);
        EXPECT_EQ(withheld(wanting({"name"}, yes(), other)), why) << kind;
    }
}

TEST_F(AttributesVisit, WhatTheContractDoesNotKnowIsRefused) {
    EXPECT_EQ(wanting({"my_number"}, yes()).reason, "org.varlink.service.InvalidParameter");
    EXPECT_EQ(wanting({"name", "name"}, yes()).reason, "org.varlink.service.InvalidParameter");
    expect_ready();
}

} // namespace
} // namespace kaomon::test
