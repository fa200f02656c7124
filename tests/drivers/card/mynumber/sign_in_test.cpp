// The PIN's way, from the certificate's chain to the card's signature.
#include "drivers/card/mynumber/free_data.hpp"
#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/sign_in.hpp"
#include "drivers/card/mynumber/sign_in_trust.hpp"
#include "drivers/card/simulated/jpki.hpp"
#include "drivers/card/simulated/key_maker.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"
#include "tests/drivers/card/scripted_card.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace kaomon::card::mynumber {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t noon(Date day) {
    return std::chrono::sys_days{day}.time_since_epoch() / std::chrono::seconds(1) + 12 * 3600;
}
constexpr std::int64_t now = noon(test::today);

SignInTrust trust_in(const std::string& pem) {
    SignInTrust trust;
    EXPECT_TRUE(trust.add(pem, "authority"));
    return trust;
}

SecretBytes certificate_of(const simulated::IssuedCard& issued) {
    simulated::Card card(issued.contents);
    test::HeldCard held(card);
    return read_free_data(held, test::today).value().sign_in_certificate;
}

std::string outcome(const SignInFinding& finding) {
    const std::string check = finding.check == Check::valid     ? "valid"
                              : finding.check == Check::invalid ? "invalid"
                                                                : "not_checked";
    return check + (finding.reason ? " " + std::string(word(*finding.reason)) : "");
}

TEST(SignInTrust, ChainsToTheOperatorsAuthority) {
    const auto& issued = test::issued();
    const auto certificate = certificate_of(issued);
    EXPECT_EQ(outcome(trust_in(issued.jpki_authority).check(certificate, now)), "valid");
    EXPECT_EQ(outcome(SignInTrust().check(certificate, now)), "not_checked signer_unknown");
}

// The authorities of all generations bear one name (drivers/card/SPEC.md §9): the key decides.
TEST(SignInTrust, AnotherAuthorityOfTheSameNameIsNotTheIssuer) {
    const auto certificate = certificate_of(test::issued());
    const auto other = test::issued_with({});
    auto trust = trust_in(other.jpki_authority);
    EXPECT_EQ(outcome(trust.check(certificate, now)), "not_checked signer_unknown");
    ASSERT_TRUE(trust.add(test::issued().jpki_authority, "the second"));
    EXPECT_EQ(outcome(trust.check(certificate, now)), "valid");
    EXPECT_EQ(trust.size(), 2U);
}

TEST(SignInTrust, ValidityIsOfTheMoment) {
    const auto certificate = certificate_of(test::issued());
    const auto trust = trust_in(test::issued().jpki_authority);
    EXPECT_EQ(outcome(trust.check(certificate, noon(2040y / 1 / 1))),
              "not_checked sign_in_certificate_expired");
    EXPECT_EQ(outcome(trust.check(certificate, noon(2017y / 1 / 1))), "not_checked clock_invalid");
    EXPECT_EQ(outcome(trust.check(certificate, noon(2055y / 1 / 1))), "not_checked signer_unknown")
        << "the authority itself has ended";
}

TEST(SignInTrust, AnAlteredCertificateIsInvalid) {
    const auto trust = trust_in(test::issued().jpki_authority);
    auto certificate = certificate_of(test::issued());
    certificate.back() ^= 1U; // in the signature
    EXPECT_EQ(outcome(trust.check(certificate, now)), "invalid sign_in_certificate_invalid");
    EXPECT_EQ(outcome(trust.check(SecretBytes{1, 2, 3}, now)), "invalid sign_in_certificate_invalid");
    EXPECT_EQ(outcome(trust.check({}, now)), "not_checked sign_in_certificate_missing");
}

TEST(SignInTrust, AKeyThatMayNotSignIsRefused) {
    const auto root_key = simulated::KeyMaker().make().value();
    const auto key = simulated::KeyMaker().make().value();
    const auto root = simulated::make_certificate({"unit", "root", 1, 2020y / 1 / 1, 2040y / 1 / 1, true},
                                                  root_key, {root_key, {}});
    const auto trust = trust_in(simulated::to_pem(*root));
    // an authority's certificate may sign others, not a nonce
    const auto authority = simulated::make_certificate(
        {"unit", "another", 2, 2020y / 1 / 1, 2040y / 1 / 1, true}, key, {root_key, *root});
    EXPECT_EQ(outcome(trust.check(*authority, now)), "invalid sign_in_certificate_invalid");
    const auto holder = simulated::make_certificate(
        {"unit", "holder", 3, 2020y / 1 / 1, 2040y / 1 / 1, false}, key, {root_key, *root});
    EXPECT_EQ(outcome(trust.check(*holder, now)), "valid");
}

TEST(SignInTrust, TakesAuthoritiesOnly) {
    SignInTrust trust;
    const auto refused = [&](std::string_view pem) {
        const auto added = trust.add(pem, "jpki.pem");
        return !added && added.error().reason == Reason::trust_store_invalid &&
               added.error().detail.starts_with("jpki.pem: ");
    };
    EXPECT_TRUE(refused(""));
    EXPECT_TRUE(refused("no certificate"));
    EXPECT_TRUE(refused("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
    EXPECT_TRUE(refused(simulated::to_pem(certificate_of(test::issued()))));
    EXPECT_TRUE(refused(test::issued().jpki_authority + "-----BEGIN CERTIFICATE-----\nAA\n"));
}

TEST(SignInTrust, ReadsAFolder) {
    char name[] = "/tmp/kaomon-jpki-XXXXXX";
    const std::filesystem::path folder = mkdtemp(name);
    EXPECT_EQ(SignInTrust::load(folder)->size(), 0U);
    std::ofstream(folder / "a.pem") << test::issued().jpki_authority << test::issued_with({}).jpki_authority;
    std::ofstream(folder / "b.toml") << "no certificate";
    EXPECT_EQ(SignInTrust::load(folder)->size(), 2U);
    std::ofstream(folder / "c.pem") << "broken";
    const auto broken = SignInTrust::load(folder);
    ASSERT_FALSE(broken);
    EXPECT_NE(broken.error().detail.find("c.pem"), std::string::npos);
    std::filesystem::remove_all(folder);
}

TEST(SignIn, ThePinOpensTheKeyAndTheCardSignsOurNonce) {
    simulated::Card card(test::issued().contents);
    test::HeldCard held(card);
    const auto data = read_free_data(held, test::today);
    ASSERT_TRUE(data);
    EXPECT_EQ(challenge_sign_in(held, data->sign_in_certificate).error().reason, Reason::card_error)
        << "the JPKI application is not current";
    Guard guard(MinTries{});
    const auto verified = guard.verify(held, Pin::read(SecretText(test::pin)).value(), IdempotencyKey{1});
    ASSERT_TRUE(verified) << verified.error().detail;
    EXPECT_EQ(verified->tries_left, 3);
    EXPECT_EQ(challenge_sign_in(held, data->sign_in_certificate), Check::valid);
    // another card's certificate does not speak for this one
    EXPECT_EQ(challenge_sign_in(held, certificate_of(test::issued_with({}))), Check::invalid);
    EXPECT_EQ(challenge_sign_in(held, SecretBytes{1, 2}), Check::invalid);
    held.meddle = [](SecretBytes& answer) {
        if (answer.size() > 200)
            answer[5] ^= 1U;
    };
    EXPECT_EQ(challenge_sign_in(held, data->sign_in_certificate), Check::invalid);
}

TEST(SignIn, WithoutThePinNothingIsSigned) {
    simulated::Card card(test::issued().contents);
    test::HeldCard held(card);
    const auto certificate = read_free_data(held, test::today).value().sign_in_certificate;
    Guard guard(MinTries{});
    const auto wrong = guard.verify(held, Pin::read(SecretText("9999")).value(), IdempotencyKey{1});
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().reason, Reason::pin_wrong);
    EXPECT_EQ(guard.tries_left(), 2);
    EXPECT_EQ(challenge_sign_in(held, certificate).error().reason, Reason::card_error);
}

TEST(SignIn, AnErrorInPlaceOfASignatureAccusesNoChip) {
    const auto answered = [](const char* status) {
        class Answering final : public CardTransaction {
          public:
            explicit Answering(const char* word) : word_(word) {}
            Result<SecretBytes> transmit(ByteView command) override {
                return test::from_hex(command[1] == 0x2A ? word_ : "9000");
            }
            ByteView atr() const noexcept override { return {}; }
            std::size_t read_block() const noexcept override { return 256; }
            const char* word_;
        } card(status);
        return challenge_sign_in(card, certificate_of(test::issued()));
    };
    for (const char* status : {"6F00", "6982", "6985", "6700", "6400"})
        EXPECT_EQ(answered(status).error().reason, Reason::card_error) << status;
    for (const char* status :
         {"6A82", "6A88", "6D00", "6E00"}) // no such key: not the chip of the certificate
        EXPECT_EQ(answered(status), Check::invalid) << status;
}

TEST(SignIn, ACardWithoutPinIsSaidBeforeAnyVerify) {
    simulated::CardOptions options;
    options.without_pin = true;
    simulated::Card card(test::issued_with(options).contents);
    test::HeldCard held(card);
    Guard guard(MinTries{});
    const auto verified = guard.verify(held, Pin::read(SecretText(test::pin)).value(), IdempotencyKey{1});
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().reason, Reason::card_without_pin) << verified.error().detail;
    EXPECT_EQ(held.verifies, 0);
}

TEST(Pin, IsFourDigits) {
    const auto shape = [](std::string_view text) {
        const auto pin = Pin::read(SecretText(text));
        return pin ? std::string("fine") : std::string(word(pin.error().reason));
    };
    EXPECT_EQ(shape("1234"), "fine");
    EXPECT_EQ(shape(""), "pin_missing");
    EXPECT_EQ(shape("123"), "pin_malformed");
    EXPECT_EQ(shape("12345"), "pin_malformed");
    EXPECT_EQ(shape("12a4"), "pin_malformed");
    EXPECT_EQ(shape("１２"), "pin_malformed");
}

} // namespace
} // namespace kaomon::card::mynumber
