// The announced generation, as the table guesses it: the same visit with other identifiers, keys and
// signatures.
#include "drivers/card/mynumber/face_reading.hpp"
#include "drivers/card/mynumber/sign_in.hpp"
#include "drivers/card/mynumber/sign_in_trust.hpp"
#include "drivers/card/simulated/kind.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::mynumber {
namespace {

const simulated::CardOfAKind& next_card() {
    return test::of_kind("next");
}

TEST(NextGeneration, AFaceVisit) {
    simulated::Card card(next_card().issued.contents);
    test::HeldCard held(card);
    Guard guard(6);
    const auto number = simulated::access_number(next_card().holder);
    const auto face = read_face(held, test::number(number), guard, IdempotencyKey{1},
                                test::trust_of(next_card()), test::today);
    ASSERT_TRUE(face) << word(face.error().reason) << face.error().detail;
    EXPECT_EQ(face->free_data.generation, &next_generation);
    EXPECT_EQ(face->genuineness.signature, Check::valid);
    EXPECT_EQ(face->genuineness.chip, Check::valid);
    EXPECT_FALSE(face->genuineness.reason);
    EXPECT_EQ(face->photo.size(), next_card().issued.photo_bytes);
    EXPECT_EQ(held.verifies, 1);
}

TEST(NextGeneration, UnknownToTheTrustStoreIsNotChecked) {
    simulated::Card card(next_card().issued.contents);
    test::HeldCard held(card);
    Guard guard(6);
    const auto number = simulated::access_number(next_card().holder);
    const auto face =
        read_face(held, test::number(number), guard, IdempotencyKey{1}, test::trust(), test::today);
    ASSERT_TRUE(face);
    EXPECT_EQ(face->genuineness.reason, Reason::signer_unknown);
}

TEST(NextGeneration, ACopyOnAnotherChipFails) {
    simulated::CardOptions options;
    options.generation = &next_generation;
    options.forgery = simulated::Forgery::chip;
    const auto copy =
        simulated::issue_kind("card", test::holder(), test::grey_portrait(), test::today, options).value();
    simulated::Card card(copy.issued.contents);
    test::HeldCard held(card);
    Guard guard(6);
    const auto face = read_face(held, test::number(test::access_number), guard, IdempotencyKey{1},
                                test::trust_of(copy), test::today);
    ASSERT_TRUE(face);
    EXPECT_EQ(face->genuineness.signature, Check::valid);
    EXPECT_EQ(face->genuineness.reason, Reason::chip_not_genuine);
}

TEST(NextGeneration, APinVisit) {
    simulated::Card card(next_card().issued.contents);
    test::HeldCard held(card);
    const auto data = read_free_data(held, test::today);
    ASSERT_TRUE(data);
    SignInTrust trust;
    ASSERT_TRUE(trust.add(next_card().issued.jpki_authority, "next"));
    const std::int64_t now = std::chrono::sys_days{test::today}.time_since_epoch() / std::chrono::seconds(1);
    EXPECT_EQ(trust.check(data->sign_in_certificate, now).check, Check::valid);
    Guard guard(6);
    const auto pin = Pin::read(SecretText(test::pin)).value();
    ASSERT_TRUE(guard.verify(held, pin, IdempotencyKey{1}, *data->generation));
    EXPECT_EQ(challenge_sign_in(held, data->sign_in_certificate, *data->generation), Check::valid);
    EXPECT_EQ(challenge_sign_in(
                  held, test::of_kind("card").issued.contents.applications.back().files.front().content,
                  *data->generation),
              Check::invalid)
        << "another certificate's key, and of another kind";
}

// The table must not let one generation be taken for the other.
TEST(NextGeneration, TheTableTellsThemApart) {
    for (const Generation& one : generations) {
        for (const Generation& other : generations) {
            EXPECT_EQ(one.card_info.application == other.card_info.application, &one == &other);
        }
        EXPECT_EQ(one.access_number.application, one.photo_record.application)
            << "the key opens files of its own";
        EXPECT_EQ(one.sign_in_pin.application, one.sign_in_key.application);
        EXPECT_EQ(one.chip_key.application, one.photo_record.application)
            << "no SELECT between record and challenge";
        EXPECT_EQ(one.guess, &one != &current_generation);
    }
}

} // namespace
} // namespace kaomon::card::mynumber
