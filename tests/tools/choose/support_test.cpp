#include "tools/choose/support.hpp"

#include <gtest/gtest.h>

namespace kaomon::choose {
namespace {

TEST(KnownSupport, HoldsWhatTheTableSays) {
    const SupportTable& known = known_support();
    EXPECT_EQ(known.entries.size(), 11U);
    ASSERT_NE(known.find(0x072F, 0x2200), nullptr);
    EXPECT_EQ(known.find(0x072F, 0x2200)->support, Support::unsupported);
    EXPECT_EQ(known.find(0x054C, 0x06C1)->support, Support::no_driver);
    EXPECT_EQ(known.find(0x054C, 0x0DC9)->name, "Sony RC-S300");
    EXPECT_EQ(known.find(0x1234, 0x5678), nullptr);
    EXPECT_TRUE(known.source.starts_with("https://"));
}

TEST(ParseSupport, RefusesWhatIsNoTable) {
    const std::string good =
        "source = \"x\"\nseen = \"2026-11-22\"\n[a]\nname = \"A\"\nusb = [\"054c:0dc8\"]\n"
        "support = \"should_work\"\n";
    EXPECT_TRUE(parse_support(good));
    for (const auto& [from, to] : {std::pair{"2026-11-22", "2026-13-22"},
                                   {"054c:0dc8", "54c:0dc8"},
                                   {"054c:0dc8", "054c-0dc8"},
                                   {"should_work", "perhaps"},
                                   {"usb = [\"054c:0dc8\"]", "usb = []"},
                                   {"name", "nom"},
                                   {"[a]", "[a"}}) {
        std::string text = good;
        text.replace(text.find(from), std::string_view(from).size(), to);
        const auto read = parse_support(text);
        ASSERT_FALSE(read) << to;
        EXPECT_EQ(read.error().word, "support_table_invalid");
    }
    EXPECT_FALSE(parse_support(std::string(300 * 1024, '#')));
}

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
