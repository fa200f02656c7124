#include "drivers/card/pcsc/features.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::pcsc {
namespace {

// As libccid 1.5.2 answers for an RC-S300/S: firmware, PPDU, vendor, product, data size.
const Bytes of_a_reader{0x08, 0x00, 0x09, 0x01, 0x00, 0x0B, 0x02, 0x4C, 0x05, 0x0C,
                        0x02, 0xC8, 0x0D, 0x0A, 0x04, 0x00, 0x00, 0x01, 0x00};

TEST(ReaderProperties, DataSizeAndUsbId) {
    const ReaderProperties found = parse_properties(of_a_reader);
    EXPECT_EQ(found.data_size, 65536U);
    EXPECT_EQ(found.usb, (UsbId{0x054C, 0x0DC8}));
    EXPECT_EQ(parse_properties(Bytes{0x0A, 0x04, 0x00, 0x08, 0x00, 0x00}).data_size, 2048U);
    EXPECT_EQ(parse_properties(Bytes{0x0A, 0x04, 0x00, 0x00, 0x00, 0x00}).data_size, 0U);
}

TEST(ReaderProperties, WhatIsNotSaidIsNotThere) {
    EXPECT_EQ(parse_properties({}).data_size, 0U);
    EXPECT_FALSE(parse_properties({}).usb);
    EXPECT_EQ(parse_properties(Bytes{0x0A, 0x05, 0x00}).data_size, 0U);
    EXPECT_FALSE(parse_properties(Bytes{0x0B, 0x04, 0x4C, 0x05, 0x00, 0x00}).usb) << "of another size";
    EXPECT_FALSE(parse_properties(Bytes{0x0B, 0x02, 0x00, 0x00, 0x0C, 0x02, 0x00, 0x00}).usb);
    for (std::size_t size = 0; size < of_a_reader.size(); ++size)
        EXPECT_EQ(parse_properties(ByteView(of_a_reader).first(size)).data_size, 0U) << size;
}

} // namespace
} // namespace kaomon::card::pcsc
