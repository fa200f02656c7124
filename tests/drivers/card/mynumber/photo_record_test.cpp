#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "drivers/card/tlv.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace kaomon::card::mynumber {
namespace {

using simulated::Forgery;

// One face visit from the first command to the last, as the session drives it.
struct Visit {
    std::string outcome; // "done", or the reason it ended
    PhotoRecord record;
    Genuineness genuineness;
    int sent = 0, verifies = 0;
};

Visit visit(test::HeldCard& card, const TrustStore& trust, const Known& known = {}) {
    Visit result;
    const auto ended = [&](const Failure& failure) {
        result.outcome = word(failure.reason);
        result.sent = card.sent;
        result.verifies = card.verifies;
        return std::move(result);
    };
    const auto data = read_free_data(card, test::today);
    if (!data)
        return ended(data.error());
    const auto number = assemble(test::number(test::access_number), *data, test::today);
    if (!number)
        return ended(number.error());
    Guard guard(6);
    const auto verified = guard.verify(card, *number, IdempotencyKey{1});
    if (!verified)
        return ended(verified.error());
    auto record = read_photo_record(card, data->signer_certificate, trust, known);
    if (!record)
        return ended(record.error());
    const auto genuineness = challenge_chip(card, *record);
    if (!genuineness)
        return ended(genuineness.error());
    result = {"done", std::move(*record), *genuineness, card.sent, card.verifies};
    return result;
}

Visit visit(const simulated::IssuedCard& issued, const TrustStore& trust = test::trust(),
            const Known& known = {}) {
    simulated::Card card(issued.contents);
    test::HeldCard held(card);
    return visit(held, trust, known);
}

SecretBytes& file_of(simulated::Contents& contents, std::uint16_t id) {
    for (auto& application : contents.applications) {
        if (application.name == simulated::photo_application)
            return simulated::find_file(application, id)->content;
    }
    throw std::runtime_error("no face-check application");
}

simulated::IssuedCard with_bytes_in_front(std::size_t count) {
    simulated::IssuedCard card = test::issued();
    SecretBytes& record = file_of(card.contents, 0x0002);
    record.insert(record.begin(), count, 0x12);
    return card;
}

// One byte wrong in the object with that tag.
simulated::IssuedCard forged_in(std::uint16_t file, std::uint16_t tag) {
    simulated::IssuedCard card = test::issued();
    SecretBytes& bytes = file_of(card.contents, file);
    const auto object = find_tlv(read_tlv_list(read_tlv(bytes)->value).value(), tag);
    bytes[static_cast<std::size_t>(object->value.data() - bytes.data()) + 100] ^= 0x01;
    return card;
}

simulated::IssuedCard without_photo() {
    simulated::IssuedCard card = test::issued();
    SecretBytes& bytes = file_of(card.contents, 0x0002);
    SecretBytes value, record;
    const auto list = read_tlv_list(read_tlv(bytes)->value).value();
    for (const auto& object : list) {
        if (object.tag != 0xDF27)
            value.insert(value.end(), object.whole.begin(), object.whole.end());
    }
    append_tlv(record, 0xFF20, value);
    bytes = record;
    return card;
}

TEST(PhotoRecord, OfAGenuineCard) {
    const Visit done = visit(test::issued());
    EXPECT_EQ(done.outcome, "done");
    EXPECT_EQ(done.verifies, 1);
    EXPECT_EQ(done.genuineness.signature, Check::valid);
    EXPECT_EQ(done.genuineness.chip, Check::valid);
    EXPECT_EQ(done.genuineness.hierarchy, Hierarchy::simulated);
    EXPECT_FALSE(done.genuineness.reason);
    EXPECT_EQ(done.record.photo.size(), test::issued().photo_bytes);
    EXPECT_EQ(to_hex(ByteView(done.record.photo).first(8)), "0000000c6a502020"); // a JP2 file
    EXPECT_EQ(done.record.chip_key.size(), 265U);
}

TEST(PhotoRecord, WithTwoBytesInFront) {
    const Visit done = visit(with_bytes_in_front(2));
    EXPECT_EQ(done.outcome, "done");
    EXPECT_EQ(done.genuineness.signature, Check::valid);
    EXPECT_EQ(visit(with_bytes_in_front(3)).outcome, "card_data_malformed") << "no card does that";
}

TEST(PhotoRecord, InLargeBlocks) {
    simulated::Card card(test::issued().contents);
    test::HeldCard held(card);
    held.block = 2048;
    EXPECT_EQ(visit(held, test::trust()).genuineness.signature, Check::valid);
}

TEST(PhotoRecord, NobodyTrustedIsNotChecked) {
    const Visit done = visit(test::issued(), TrustStore());
    EXPECT_EQ(done.genuineness.signature, Check::not_checked);
    EXPECT_EQ(done.genuineness.chip, Check::valid); // with the key that its own record names
    EXPECT_EQ(done.genuineness.reason, Reason::signer_unknown);
    EXPECT_EQ(done.genuineness.hierarchy, Hierarchy::simulated);
}

TEST(PhotoRecord, SignedByAnotherKey) {
    const Visit done = visit(forged_in(0x0002, 0xDF28));
    EXPECT_EQ(done.outcome, "done");
    EXPECT_EQ(done.genuineness.signature, Check::invalid);
    EXPECT_EQ(done.genuineness.chip, Check::not_checked);
    EXPECT_EQ(done.genuineness.reason, Reason::photo_signature_invalid);
    EXPECT_EQ(visit(forged_in(0x0002, 0xDF28), TrustStore()).genuineness.reason,
              Reason::photo_signature_invalid); // also where nobody is trusted
}

TEST(PhotoRecord, ACertificateNobodySigned) {
    const Visit done = visit(forged_in(0x0004, 0x5F37));
    EXPECT_EQ(done.genuineness.signature, Check::invalid);
    EXPECT_EQ(done.genuineness.reason, Reason::signer_certificate_invalid);
}

TEST(PhotoRecord, AgreesWithWhatIsKnownOfTheCard) {
    const auto digits = [](std::string_view text) {
        return ByteView(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    };
    const ByteView same = digits(test::access_number), other = digits("55021820352285"); // born a day later
    const Date born{std::chrono::year(1980), std::chrono::month(2), std::chrono::day(17)},
        expiry{std::chrono::year(2035), std::chrono::month(2), std::chrono::day(17)},
        later{std::chrono::year(2036), expiry.month(), expiry.day()};
    const auto with = [](const simulated::IssuedCard& card, const Known& known) {
        return visit(card, test::trust(), known);
    };
    EXPECT_EQ(with(test::issued(), {.card_expiry = expiry, .access_number = same}).outcome, "done");
    EXPECT_EQ(with(test::issued(), {.access_number = other}).outcome, "record_contradicts_card");
    EXPECT_EQ(with(test::issued(), {.card_expiry = later}).outcome, "record_contradicts_card");
    const Visit forged = with(forged_in(0x0002, 0xDF28), {.card_expiry = later, .access_number = other});
    EXPECT_EQ(forged.genuineness.reason, Reason::photo_signature_invalid)
        << "which says more than a contradiction";
    EXPECT_EQ(with(test::issued(), {}).record.birth_as_expected, std::nullopt);
    EXPECT_EQ(with(test::issued(), {.expected_birth = born}).record.birth_as_expected, true);
    EXPECT_EQ(with(test::issued(), {.expected_birth = later}).record.birth_as_expected, false);
}

TEST(PhotoRecord, ACopyOnAnotherChip) {
    const Visit done = visit(test::issued(Forgery::chip));
    EXPECT_EQ(done.genuineness.signature, Check::valid);
    EXPECT_EQ(done.genuineness.chip, Check::invalid);
    EXPECT_EQ(done.genuineness.reason, Reason::chip_not_genuine);
}

TEST(PhotoRecord, ACardWithoutAPhotograph) {
    EXPECT_EQ(visit(without_photo()).outcome, "card_without_photo");
}

TEST(PhotoRecord, ALockedFileIsAnError) {
    simulated::Card card(test::issued().contents);
    test::HeldCard held(card);
    const auto data = read_free_data(held, test::today);
    ASSERT_TRUE(data);
    EXPECT_EQ(read_photo_record(held, data->signer_certificate, test::trust()).error().reason,
              Reason::card_error);
}

TEST(PhotoRecord, ABitFlippedOnTheWayIsSeen) {
    simulated::Card card(test::issued().contents);
    for (const int block : {1, 2, 3}) { // of the record; the first ones are all signed
        test::HeldCard held(card);
        int blocks = 0;
        held.meddle = [&](SecretBytes& answer) {
            if (held.verifies == 1 && answer.size() == 258 && ++blocks == block)
                answer[100] ^= 0x01;
        };
        EXPECT_EQ(visit(held, test::trust()).genuineness.reason, Reason::photo_signature_invalid) << block;
    }
}

TEST(PhotoRecord, AChipThatAnswersWithAStatusWordOnly) {
    const auto answering = [](std::uint8_t high, std::uint8_t low) {
        simulated::Card card(test::issued().contents);
        test::HeldCard held(card);
        held.block = 200; // so that only the signature has 256 bytes
        held.meddle = [=](SecretBytes& answer) {
            if (answer.size() == 258)
                answer = {high, low};
        };
        return visit(held, test::trust());
    };
    for (const std::uint8_t low :
         {std::uint8_t{0x82}, std::uint8_t{0x88}}) // no such key: not the chip that was signed for
        EXPECT_EQ(answering(0x6A, low).genuineness.reason, Reason::chip_not_genuine);
    EXPECT_EQ(answering(0x6D, 0x00).genuineness.reason, Reason::chip_not_genuine);
    for (const std::uint8_t high : Bytes{0x69, 0x6F, 0x64, 0x67}) // says nothing about the chip
        EXPECT_EQ(answering(high, 0x85).outcome, "card_error");
}

TEST(PhotoRecord, APullAtAnyCommandIsARemovedCardAndCostsNothing) {
    const int commands = visit(test::issued()).sent;
    simulated::Card card(test::issued().contents);
    for (int at = 0; at < commands; ++at) {
        test::HeldCard held(card);
        held.pulled_at = at;
        const Visit ended = visit(held, test::trust());
        EXPECT_EQ(ended.outcome, "card_removed") << at;
        EXPECT_EQ(ended.sent, at + 1);
    }
    test::HeldCard held(card);
    EXPECT_EQ(read_free_data(held, test::today)->tries_left, 10);
}

} // namespace
} // namespace kaomon::card::mynumber
