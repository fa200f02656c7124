#include "drivers/card/pcsc/quirks.hpp"

#include <gtest/gtest.h>

#include <set>

namespace kaomon::card::pcsc {
namespace {

TEST(Quirks, AReaderIsFoundByItsUsbIdElseByItsName) {
    const Quirk* known = find_quirk("whatever", UsbId{0x072F, 0x2200});
    ASSERT_NE(known, nullptr);
    EXPECT_EQ(known->model, "ACS ACR122U");
    EXPECT_EQ(known->support, Support::unsupported);
    EXPECT_EQ(find_quirk("", UsbId{0x054C, 0x06C1})->support, Support::no_driver);
    EXPECT_EQ(find_quirk("", UsbId{0x054C, 0x0DC9})->model, "Sony RC-S300");

    known = find_quirk("ACS ACR1281 1S Dual Reader [ACR1281 1S Dual Reader PICC] 00 00", {});
    ASSERT_NE(known, nullptr);
    EXPECT_EQ(known->largest_block, 256U);
    EXPECT_EQ(find_quirk("ACS ACR1281 1S Dual Reader 00 00", UsbId{0x1234, 0x5678}), known)
        << "an id that no row has says nothing";
    EXPECT_TRUE(find_quirk("Virtual PCD 00 01", {})->is_virtual);

    EXPECT_EQ(find_quirk("A reader of nobody's 00 00", {}), nullptr);
    EXPECT_EQ(find_quirk("", UsbId{}), nullptr) << "0:0 fills the rows up, and is no reader";
}

TEST(Quirks, EveryRowIsToldApartSaysSomethingAndHasASource) {
    std::set<std::uint32_t> ids;
    for (const Quirk& row : quirks()) {
        EXPECT_FALSE(row.source.empty()) << row.model;
        EXPECT_TRUE(row.source.contains("§")) << row.model << ": drivers/card/SPEC.md §11 has the evidence";
        bool has_id = false;
        for (const UsbId& id : row.usb) {
            if (id == UsbId{})
                continue;
            has_id = true;
            EXPECT_TRUE(ids.insert(static_cast<std::uint32_t>(id.vendor) << 16 | id.product).second)
                << row.model;
        }
        EXPECT_NE(has_id, !row.pcsc_name.empty()) << row.model << ": one or the other";
        EXPECT_TRUE(row.support != Support::not_stated || row.largest_block != 0 || row.is_virtual)
            << row.model;
    }
}

} // namespace
} // namespace kaomon::card::pcsc
