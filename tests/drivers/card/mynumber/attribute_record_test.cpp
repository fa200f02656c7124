// The attributes of every kind of card, and of records that somebody meddled with.
#include "drivers/card/mynumber/attribute_record.hpp"
#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "drivers/card/tlv.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::mynumber {
namespace {

constexpr std::array all{Attribute::name, Attribute::birth_date, Attribute::sex, Attribute::address};

// What a visit does, on the card in hand.
struct Reading {
    explicit Reading(const simulated::CardOfAKind& of)
        : card(of.issued.contents), held(card), trusted(test::trust_of(of)) {}

    Result<AttributeRecord> read() {
        const auto data = read_free_data(held, test::today).value();
        const auto number = assemble(test::number(test::access_number), data, test::today).value();
        Guard guard(6);
        if (const auto taken = guard.verify(held, number, {1}); !taken)
            return std::unexpected(taken.error());
        birth_and_sex = read_photo_record(held, data.signer_certificate, trusted).value().birth_and_sex;
        if (const auto opened = guard.verify_attributes(held, number, {1}); !opened)
            return std::unexpected(opened.error());
        return read_attribute_record(held);
    }
    Result<Attributes> all_of_it() {
        const auto record = read();
        if (!record)
            return std::unexpected(record.error());
        return check_attributes(*record, birth_and_sex, all, trusted);
    }
    int tries_left() const {
        auto application = *simulated::find_application(card.contents(), simulated::text_application);
        return find_file(application, current_generation.attribute_number.file)->tries_left;
    }

    simulated::Card card;
    test::HeldCard held;
    TrustStore trusted;
    SecretBytes birth_and_sex;
};

std::string view(const SecretText& text) {
    return std::string(text.view());
}

TEST(AttributeRecord, OfAnOrdinaryCard) {
    Reading reading(test::of_kind("card"));
    const auto found = reading.all_of_it();
    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_EQ(view((*found)[Attribute::name]), test::holder().name);
    EXPECT_EQ(view((*found)[Attribute::birth_date]), "1980-02-17");
    EXPECT_EQ(view((*found)[Attribute::sex]), "female");
    EXPECT_EQ(view((*found)[Attribute::address]), test::holder().address);
    EXPECT_EQ(reading.held.verifies, 2) << "one for each counter";
    EXPECT_EQ(reading.tries_left(), 10);
}

TEST(AttributeRecord, WhatIsNotWantedIsNotKept) {
    Reading reading(test::of_kind("card"));
    const auto record = reading.read();
    ASSERT_TRUE(record);
    const auto found =
        check_attributes(*record, reading.birth_and_sex, std::array{Attribute::address}, reading.trusted);
    ASSERT_TRUE(found);
    EXPECT_TRUE((*found)[Attribute::name].empty() && (*found)[Attribute::birth_date].empty() &&
                (*found)[Attribute::sex].empty());
    EXPECT_FALSE((*found)[Attribute::address].empty());
}

TEST(AttributeRecord, NamesOfEveryKindArriveWhole) {
    for (const auto* kind : {"replaced-glyph", "long-name", "western-name", "no-address"}) {
        const auto& card = test::of_kind(kind);
        const auto found = Reading(card).all_of_it();
        ASSERT_TRUE(found) << kind << ": " << found.error().detail;
        EXPECT_EQ(view((*found)[Attribute::name]), card.holder.name) << kind;
        EXPECT_EQ(view((*found)[Attribute::address]), card.holder.address) << kind;
    }
}

TEST(AttributeRecord, WhyTheyAreNotToBeHad) {
    for (const auto& [kind, why] : {std::pair{"no-attributes", Reason::attributes_missing},
                                    {"attributes-locked", Reason::card_locked},
                                    {"forged-attributes", Reason::attributes_signature_invalid},
                                    {"other-attributes", Reason::attributes_contradict_card}}) {
        Reading reading(test::of_kind(kind));
        const auto found = reading.all_of_it();
        ASSERT_FALSE(found) << kind;
        EXPECT_EQ(found.error().reason, why) << kind << ": " << found.error().detail;
    }
}

TEST(AttributeRecord, AnAuthorityOfPhotographsIsNoneOfAttributes) {
    Reading reading(test::of_kind("card"));
    const auto record = reading.read();
    ASSERT_TRUE(record);
    const auto known = parse_trust_file(test::of_kind("card").trust, "trust.toml").value();
    ASSERT_EQ(known.size(), 2U);
    TrustStore of_photographs;
    of_photographs.add(known.front());
    EXPECT_EQ(check_attributes(*record, reading.birth_and_sex, all, of_photographs).error().reason,
              Reason::signer_unknown);
}

// One byte wrong, anywhere: nothing of it is given.
TEST(AttributeRecord, EveryByteCounts) {
    Reading reading(test::of_kind("card"));
    const auto genuine = reading.read();
    ASSERT_TRUE(genuine);
    const auto passes = [&](const AttributeRecord& record) {
        return check_attributes(record, reading.birth_and_sex, all, reading.trusted).has_value();
    };
    ASSERT_TRUE(passes(*genuine));
    const std::size_t table = 3 + 8; // DF21, which nothing is read from
    for (auto part :
         {&AttributeRecord::attributes, &AttributeRecord::digests, &AttributeRecord::certificate}) {
        const std::size_t size = ((*genuine).*part).size();
        for (std::size_t at = 0; at < size; at += size > 300 ? 13 : 1) {
            auto forged = *genuine;
            (forged.*part)[at] ^= 0x01;
            const bool in_table = part == &AttributeRecord::attributes && at >= 3 + 3 && at < 3 + table;
            EXPECT_EQ(passes(forged), in_table && passes(forged)) << at << " of " << size;
        }
        for (std::size_t size_now = 0; size_now < size; size_now += 5) {
            auto cut = *genuine;
            (cut.*part).resize(size_now);
            EXPECT_FALSE(passes(cut)) << size_now;
        }
    }
}

// Of somebody else's genuine card: the birth date or the sex betrays it.
TEST(AttributeRecord, OfAnotherPersonIsNotGiven) {
    Reading reading(test::of_kind("card"));
    const auto record = reading.read();
    ASSERT_TRUE(record);
    for (const std::size_t at : {0U, 7U, 8U}) {
        SecretBytes other = reading.birth_and_sex;
        other[at] ^= 0x01;
        EXPECT_EQ(check_attributes(*record, other, all, reading.trusted).error().reason,
                  Reason::attributes_contradict_card);
    }
    for (const std::size_t size : {0U, 8U, 10U}) {
        SecretBytes other = reading.birth_and_sex;
        other.resize(size, '1');
        EXPECT_EQ(check_attributes(*record, other, all, reading.trusted).error().reason,
                  Reason::attributes_contradict_card);
    }
}

TEST(Guard, ASecondCounterOnlyAfterTheNumberWasTaken) {
    Reading reading(test::of_kind("card"));
    const auto data = read_free_data(reading.held, test::today).value();
    const auto number = assemble(test::number(test::access_number), data, test::today).value();
    Guard guard(6);
    EXPECT_FALSE(guard.verify_attributes(reading.held, number, {1})) << "before";
    ASSERT_TRUE(guard.verify(reading.held, number, {1}));
    EXPECT_FALSE(guard.verify_attributes(reading.held, number, {2})) << "of another act";
    test::HeldCard another(reading.card);
    EXPECT_FALSE(guard.verify_attributes(another, number, {1})) << "in another hold";
    EXPECT_EQ(reading.held.verifies + another.verifies, 1);
    EXPECT_TRUE(guard.verify_attributes(reading.held, number, {1}));
    EXPECT_FALSE(guard.verify_attributes(reading.held, number, {1})) << "twice";
    EXPECT_EQ(reading.held.verifies, 2);
}

TEST(Guard, TheSecondCounterHasAMinimumOfItsOwn) {
    auto contents = test::of_kind("card").issued.contents;
    for (auto& application : contents.applications) {
        if (application.name == simulated::text_application)
            find_file(application, current_generation.attribute_number.file)->tries_left = 5;
    }
    simulated::Card card(contents);
    test::HeldCard held(card);
    const auto data = read_free_data(held, test::today).value();
    const auto number = assemble(test::number(test::access_number), data, test::today).value();
    Guard guard(6);
    ASSERT_TRUE(guard.verify(held, number, {1}));
    EXPECT_EQ(guard.verify_attributes(held, number, {1}).error().reason, Reason::tries_below_minimum);
    EXPECT_EQ(held.verifies, 1);
}

} // namespace
} // namespace kaomon::card::mynumber
