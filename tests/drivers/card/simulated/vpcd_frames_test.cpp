#include "drivers/card/simulated/vpcd_frames.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::simulated {
namespace {

TEST(VpcdFrames, HalfMessagesWait) {
    VpcdFrames frames;
    const Bytes wire = hex("0001 04 0005 0084000008 0000 0002 9000");
    std::vector<SecretBytes> messages;
    for (const std::uint8_t byte : wire) {
        frames.feed({&byte, 1});
        while (auto message = frames.next())
            messages.push_back(*message);
    }
    ASSERT_EQ(messages.size(), 4U);
    EXPECT_EQ(to_hex(messages[0]), "04");
    EXPECT_EQ(to_hex(messages[1]), "0084000008");
    EXPECT_TRUE(messages[2].empty());
    EXPECT_EQ(to_hex(messages[3]), "9000");
    EXPECT_FALSE(frames.next());
}

TEST(VpcdFrames, SeveralAtOnceAndForgetting) {
    VpcdFrames frames;
    frames.feed(hex("0001 01 0001 04 0002 90"));
    EXPECT_EQ(to_hex(*frames.next()), "01");
    EXPECT_EQ(to_hex(*frames.next()), "04");
    EXPECT_FALSE(frames.next());
    frames.clear();
    frames.feed(hex("0001 02"));
    EXPECT_EQ(to_hex(*frames.next()), "02");
}

TEST(VpcdFrames, LengthsGoFirst) {
    EXPECT_EQ(to_hex(VpcdFrames::wrap(hex("9000"))), "00029000");
    EXPECT_EQ(VpcdFrames::wrap(Bytes(65535)).size(), 65537U);
    EXPECT_EQ(to_hex(VpcdFrames::wrap(Bytes(65536))), "00026700") << "vpcd cannot carry it";
}

} // namespace
} // namespace kaomon::card::simulated
