// A quirk changes what the driver asks of a reader: its block, whatever the reader announces and whatever was
// configured.
#include "drivers/card/pcsc/pcsc_reader.hpp"
#include "drivers/card/pcsc/quirks.hpp"
#include "tests/drivers/card/inject/pcsc_service.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace kaomon::test {
namespace {

using card::pcsc::UsbId;

class DriverQuirks : public testing::Test {
  protected:
    DriverQuirks() { service.put(0); }
    static card::simulated::Contents of_extended_length() {
        card::simulated::Contents contents = issued().contents;
        contents.atr = {0x3B, 0x85, 0x01, 0x80, 0x73, 0xC0, 0x21, 0xC0, 0x00};
        return contents;
    }
    // A reader that announces 65,536 bytes.
    std::unique_ptr<card::CardTransaction> open(UsbId usb, std::size_t configured = 0) {
        const auto low = [](std::uint16_t word) { return static_cast<std::uint8_t>(word & 0xFFU); };
        const auto high = [](std::uint16_t word) { return static_cast<std::uint8_t>(word >> 8); };
        service.properties = {0x0A, 0x04, 0x00, 0x00, 0x01, 0x00};
        for (const auto& [tag, word] : {std::pair{std::uint8_t{0x0B}, usb.vendor}, {0x0C, usb.product}})
            service.properties.insert(service.properties.end(), {tag, 0x02, low(word), high(word)});
        reader = card::pcsc::make_reader(card::pcsc::Settings{.reader = {}, .read_block = configured});
        reader->wait({}, SteadyClock::now());
        auto opened = reader->open();
        EXPECT_TRUE(opened) << opened.error().detail;
        return opened ? std::move(*opened) : nullptr;
    }

    PcscService service{of_extended_length()};
    std::unique_ptr<card::Reader> reader;
};

constexpr UsbId unknown{0x1234, 0x5678}, qemu{0x08E6, 0x4433};

TEST_F(DriverQuirks, AFalseAnnouncementIsNotBelieved) {
    EXPECT_EQ(open(unknown)->read_block(), 2048U) << "reader and card both announce it";
    EXPECT_EQ(open(qemu)->read_block(), 256U);
    EXPECT_EQ(open(qemu)->block_limit(), 256U) << "nor may a tool that measures try more";
}

TEST_F(DriverQuirks, TheLimitHoldsOverTheConfiguration) {
    EXPECT_EQ(open(unknown, 1024)->read_block(), 1024U);
    EXPECT_EQ(open(qemu, 1024)->read_block(), 256U);
    EXPECT_EQ(open(qemu, 64)->read_block(), 64U);
}

TEST_F(DriverQuirks, ANameIsEnoughWhereNoUsbIdIsKnown) {
    service.reader = "ACS ACR1281 1S Dual Reader 00 00";
    EXPECT_EQ(open(unknown)->read_block(), 256U);
}

} // namespace
} // namespace kaomon::test
