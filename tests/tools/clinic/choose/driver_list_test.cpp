#include "tools/clinic/choose/driver_list.hpp"

#include <gtest/gtest.h>

namespace kaomon::choose {
namespace {

TEST(DriverList, IsReadFromTheInstalledDriver) {
    const auto list = installed_driver_list(); // libccid is a package the house depends on
    ASSERT_TRUE(list);
    EXPECT_GT(list->entries.size(), 300U);
    const auto* sony = list->find(0x054C, 0x0DC8);
    ASSERT_NE(sony, nullptr);
    EXPECT_TRUE(sony->name.contains("RC-S300")) << sony->name;
    EXPECT_EQ(list->find(0x054C, 0x06C1), nullptr);
}

TEST(DriverList, ThreeListsOfOneLengthOrNothing) {
    const auto list = [](std::string_view key, std::string_view items) {
        return "<key>" + std::string(key) + "</key>\n<array>\n" + std::string(items) + "</array>\n";
    };
    const std::string one = "<string>0x072F</string>\n", name = "<string>ACS</string>\n";
    const std::string good =
        list("ifdVendorID", one) + list("ifdProductID", one) + list("ifdFriendlyName", name);
    ASSERT_TRUE(parse_driver_list(good));
    EXPECT_EQ(parse_driver_list(good)->entries.front().name, "ACS");
    EXPECT_FALSE(parse_driver_list(list("ifdVendorID", one) + list("ifdProductID", one + one) +
                                   list("ifdFriendlyName", name)));
    EXPECT_FALSE(parse_driver_list(list("ifdVendorID", "<string>072F</string>") + list("ifdProductID", one) +
                                   list("ifdFriendlyName", name)));
    EXPECT_FALSE(parse_driver_list(list("ifdVendorID", "<string>0x1072F</string>") +
                                   list("ifdProductID", one) + list("ifdFriendlyName", name)));
    for (std::size_t size = 0; size + 10 < good.size(); size += 3)
        EXPECT_FALSE(parse_driver_list(good.substr(0, size))) << size;
    EXPECT_FALSE(installed_driver_list("/nowhere"));
}

} // namespace
} // namespace kaomon::choose
