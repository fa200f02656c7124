// The table, and that nothing but known identifiers is sent to a card that knows none of them.
#include "drivers/card/mynumber/free_data.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gtest/gtest.h>

#include <set>

namespace kaomon::card::mynumber {
namespace {

// Every application whose identifier has a source: drivers/card/SPEC.md §1.
const std::set<std::string> known_applications{
    "d3921000310001010100",             // common
    "d3921000310001010401",             // resident register
    "d3921000310001010402",             // face check
    "d3921000310001010408",             // input aid
    "d392f000260100000001",             // JPKI
    "d392f0004f0200000000000000000000", // residence card
    "a0000002310100000000000000000000", // driver's licence
};

// Has no application at all: 6A82 to every SELECT, and to whatever else it is asked.
class EmptyCard final : public CardTransaction {
  public:
    Result<SecretBytes> transmit(ByteView command) override {
        sent.push_back(to_hex(command));
        return SecretBytes{0x6A, 0x82};
    }
    ByteView atr() const noexcept override { return {}; }
    std::size_t read_block() const noexcept override { return 256; }
    std::vector<std::string> sent; // hexadecimal
};

TEST(Generations, OnlyKnownIdentifiersAreSentToACard) {
    EmptyCard card;
    EXPECT_EQ(read_free_data(card, test::today).error().reason, Reason::not_my_number_card);
    ASSERT_FALSE(card.sent.empty());
    for (const std::string& command : card.sent) {
        ASSERT_TRUE(command.starts_with("00a4040c"))
            << command << ": more than SELECT, to a card of nobody's";
        EXPECT_TRUE(known_applications.contains(command.substr(10))) << command;
    }
}

TEST(Generations, EveryRowHasItsSourceAndKnownApplications) {
    for (const Generation& one : generations) {
        EXPECT_TRUE(one.source.contains("§")) << one.name;
        for (const FileAddress& place :
             {one.card_info, one.sign_in_certificate, one.sign_in_key, one.sign_in_pin,
              one.signer_certificate, one.access_number, one.photo_record, one.chip_key}) {
            EXPECT_TRUE(known_applications.contains(to_hex(place.application))) << one.name;
        }
    }
}

// What the driver relies on instead of one more SELECT.
TEST(Generations, AKeyOpensFilesOfItsOwnApplication) {
    for (const Generation& one : generations) {
        EXPECT_EQ(one.access_number.application, one.photo_record.application);
        EXPECT_EQ(one.sign_in_pin.application, one.sign_in_key.application);
        EXPECT_EQ(one.chip_key.application, one.photo_record.application)
            << "no SELECT between record and challenge";
        EXPECT_EQ(one.signer_certificate.application, one.access_number.application)
            << "the tries are asked behind the certificate";
    }
}

} // namespace
} // namespace kaomon::card::mynumber
