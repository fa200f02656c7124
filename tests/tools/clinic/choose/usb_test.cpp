#include "tools/clinic/choose/usb.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace kaomon::choose {
namespace {

namespace fs = std::filesystem;

// As sysfs shows them: device, configuration, interface of class 0B, its CCID descriptor. Features and
// message size are those that drivers/card/SPEC.md §11 tells of a contactless reader.
Bytes descriptors(std::uint32_t features = 0x000404BA, std::uint32_t message = 522,
                  std::uint8_t last_slot = 1, std::uint8_t interface_class = 0x0B) {
    Bytes all{18, 1, 0x00, 0x02, 0, 0, 0, 8, 0x4C, 0x05, 0xC8, 0x0D, 0x00, 0x01, 1, 2, 4, 1};
    const Bytes configuration{9, 2, 93, 0, 1, 1, 0, 0x80, 50};
    const Bytes interface_{9, 4, 0, 0, 3, interface_class, 0, 0, 0};
    Bytes ccid(54);
    ccid[0] = 54;
    ccid[1] = 0x21;
    ccid[4] = last_slot;
    ccid[6] = 0x03; // T=0 and T=1
    for (std::size_t i = 0; i < 4; ++i) {
        ccid[40 + i] = static_cast<std::uint8_t>(features >> 8 * i);
        ccid[44 + i] = static_cast<std::uint8_t>(message >> 8 * i);
    }
    for (const Bytes& part : {configuration, interface_, ccid})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

TEST(ParseCcid, ReadsWhatTheReaderPromises) {
    const auto ccid = parse_ccid(descriptors());
    ASSERT_TRUE(ccid);
    EXPECT_EQ(ccid->slots, 2);
    EXPECT_EQ(ccid->exchange, Exchange::extended_apdu);
    EXPECT_EQ(ccid->largest_message, 522U);
    EXPECT_TRUE(ccid->t0 && ccid->t1);
    EXPECT_EQ(parse_ccid(descriptors(0x00020000, 271))->exchange, Exchange::short_apdu);
    EXPECT_EQ(parse_ccid(descriptors(0x00010000, 271))->exchange, Exchange::tpdu);
    EXPECT_EQ(parse_ccid(descriptors(0x00000000, 271))->exchange, Exchange::character);
    EXPECT_TRUE(parse_ccid(descriptors(0, 271, 0, 0xFF))) << "older readers have the maker's own class";
}

TEST(ParseCcid, AnotherDeviceAndEveryTruncationHaveNone) {
    EXPECT_FALSE(parse_ccid(descriptors(0, 0, 0, 0x03))) << "21 is also a keyboard's descriptor";
    const Bytes whole = descriptors();
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(parse_ccid(ByteView(whole).first(size))) << size;
    EXPECT_FALSE(parse_ccid(Bytes{0, 0x21, 0, 0}));
}

TEST(FindUsb, ByBusAndAddress) {
    std::string name = (fs::temp_directory_path() / "kaomon-usb-XXXXXX").string();
    const fs::path root = mkdtemp(name.data());
    const auto put = [&](const char* device, const char* file, std::string_view text) {
        fs::create_directories(root / device);
        std::ofstream(root / device / file, std::ios::binary) << text;
    };
    put("1-1", "busnum", "1\n");
    put("1-1", "devnum", "3\n");
    put("1-2", "busnum", "1\n");
    put("1-2", "devnum", "12\n");
    put("1-2", "idVendor", "054c\n");
    put("1-2", "idProduct", "0dc8\n");
    put("1-2", "manufacturer", "SONY\n");
    put("1-2", "product", "RC-S300/S\n");
    put("1-2", "bcdDevice", "0112\n");
    const Bytes raw = descriptors();
    put("1-2", "descriptors", {reinterpret_cast<const char*>(raw.data()), raw.size()});
    put("usb1", "busnum", "x\n");
    const auto found = find_usb(1, 12, root);
    ASSERT_TRUE(found);
    EXPECT_EQ(usb_id(*found), "054c:0dc8");
    EXPECT_EQ(found->maker + " " + found->name, "SONY RC-S300/S");
    EXPECT_EQ(found->firmware, "1.12");
    EXPECT_EQ(found->ccid->largest_message, 522U);
    EXPECT_FALSE(find_usb(2, 12, root));
    EXPECT_FALSE(find_usb(1, 12, root / "nowhere"));
    fs::remove_all(root);
}

} // namespace
} // namespace kaomon::choose
