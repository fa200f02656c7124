// Whom results name, over desks and cards, and visits of somebody else than expected: on real parts.
#include "tests/component/visit_fixture.hpp"

#include <fstream>
#include <iterator>

namespace kaomon::test {
namespace {

class SubjectVisit : public VisitTest {
  protected:
    static std::string reference(const std::string& of_number) {
        const auto visit = desk->visit(of_number);
        EXPECT_EQ(visit.decision, "verified") << visit.reason << desk->daemon().log();
        const auto claims = claims_of(visit);
        EXPECT_TRUE(claims.subject && claims.subject->kind == SubjectKind::chip_key);
        return claims.subject ? claims.subject->reference : "";
    }
    static Visit expecting(boost::json::object expect) {
        Caller caller(desk->socket());
        caller.send("org.kaomon.Verification.Verify",
                    {{"nonce", "nonce-of-a-component-test"},
                     {"access_number", {{"number", number()}}},
                     {"idempotency_key", "act-of-expecting-" + std::to_string(++acts)},
                     {"deadline_ms", 20'000},
                     {"expect", std::move(expect)}},
                    true);
        return Desk::follow(caller);
    }
    static bool tells_of_a_new_secret() {
        Caller caller(desk->socket());
        return boost::json::serialize(caller.call("org.kaomon.Device.GetInfo")).find("made anew") !=
               std::string::npos;
    }
    static std::string secret() {
        std::ifstream file(desk->folder() / "subject-secret");
        return {std::istreambuf_iterator<char>(file), {}};
    }
    inline static int acts = 0;
};

TEST_F(SubjectVisit, ACardHasOneReferenceAtTheDesksOfAClinicAndAnotherElsewhere) {
    const auto first = reference(number());
    ASSERT_EQ(first.size(), 22U);
    EXPECT_EQ(reference(number()), first) << "the second visit";
    const auto clinic = secret();
    EXPECT_FALSE(tells_of_a_new_secret());
    desk->restart_daemon(Desk::other_view_of_holder());
    EXPECT_EQ(reference(number()), first) << "after a restart, as at a desk that has imported the secret";
    std::filesystem::remove(desk->folder() / "subject-secret");
    desk->restart_daemon(Desk::other_view_of_holder());
    EXPECT_NE(reference(number()), first) << "another clinic";
    EXPECT_TRUE(tells_of_a_new_secret()) << "where it was lost, somebody must know";
    EXPECT_NE(secret(), clinic);

    const auto other = desk->issue("other");
    desk->restart_daemon(Desk::other_view_of_holder());
    const auto own = reference(number());
    desk->put(other);
    EXPECT_NE(reference(desk->number(other)), own) << "another card";
    desk->put(card);
}

TEST_F(SubjectVisit, WhoIsExpectedIsSaidAndWhoIsNotEndsIt) {
    const auto own = reference(number());
    const auto right = expecting({{"reference", own}});
    EXPECT_EQ(right.reason, "match");
    EXPECT_EQ(claims_of(right).expected->reference, Expected::match);
    const auto wrong = expecting({{"reference", "AAAAAAAAAAAAAAAAAAAAAA"}});
    EXPECT_EQ(wrong.decision, "not_verified");
    EXPECT_EQ(wrong.reason, "other_person_expected");
    EXPECT_EQ(claims_of(wrong).expected->reference, Expected::mismatch);
    expect_ready();
}

// The number tells it already: nothing is sent to the card. TearDown sees that no try is gone.
TEST_F(SubjectVisit, AnotherBirthDateCostsNoTry) {
    const auto visit = expecting({{"birth_date", "1931-07-09"}});
    EXPECT_EQ(visit.reason, "other_person_expected");
    EXPECT_EQ(claims_of(visit).expected->birth_date, Expected::mismatch);
    EXPECT_FALSE(claims_of(visit).subject) << "no record was read";
    EXPECT_EQ(std::ranges::count(visit.states, "preparing_reference"), 0);
    expect_ready();
}

TEST_F(SubjectVisit, WhatIsNoDayAndNoReferenceIsRefused) {
    for (const auto& [member, value] : {std::pair{"birth_date", "1980-02-30"},
                                        {"birth_date", "19800217"},
                                        {"reference", "short"},
                                        {"reference", "AAAAAAAAAAAAAAAAAAAAA!"}}) {
        const auto visit = expecting({{member, value}});
        EXPECT_EQ(visit.reason, "org.varlink.service.InvalidParameter") << member << " " << value;
    }
    expect_ready();
}

// By the PIN: from the certificate, which is no secret; its reference is of another kind.
TEST_F(SubjectVisit, APinNamesTheCardByItsCertificate) {
    const auto visit = desk->visit_with("", {{{"pin", desk->pin(card)}}});
    ASSERT_EQ(visit.reason, "pin_accepted");
    const auto claims = claims_of(visit);
    ASSERT_TRUE(claims.subject);
    EXPECT_EQ(claims.subject->kind, SubjectKind::sign_in_key);
    EXPECT_NE(claims.subject->reference, reference(number()));
}

} // namespace
} // namespace kaomon::test
