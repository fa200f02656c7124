// The card's side of the wire, held against a listening socket; with the real vpcd in tests/tools/simcard.
#include "drivers/card/simulated/vpcd_peer.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <fstream>
#include <thread>

namespace kaomon::card::simulated {
namespace {

constexpr int patience = 10'000; // milliseconds

class VpcdPeerTest : public ::testing::Test {
  protected:
    VpcdPeerTest() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        EXPECT_EQ(bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(listen(listener_.get(), 4), 0);
        getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size);
        options_.port = ntohs(address.sin_port);
    }
    ~VpcdPeerTest() override { end(); }

    void start() {
        thread_ = std::jthread([this] { VpcdPeer(card_, options_, &*faults_).run(stop_.get()); });
    }
    void end() {
        const std::uint64_t one = 1;
        EXPECT_EQ(write(stop_.get(), &one, sizeof one), static_cast<ssize_t>(sizeof one));
        if (thread_.joinable())
            thread_.join();
    }
    UniqueFd accept_one(int milliseconds = patience) {
        pollfd wait{listener_.get(), POLLIN, 0};
        if (poll(&wait, 1, milliseconds) <= 0)
            return {};
        return UniqueFd(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    }
    static void put(const UniqueFd& socket, ByteView bytes) {
        ASSERT_EQ(send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(bytes.size()));
    }
    // One message; empty: closed, or nothing within that time.
    static Bytes get(const UniqueFd& socket, int milliseconds = patience) {
        Bytes bytes(2);
        for (std::size_t at = 0; at < bytes.size();) {
            pollfd wait{socket.get(), POLLIN, 0};
            if (poll(&wait, 1, milliseconds) <= 0)
                return {};
            const ssize_t got = recv(socket.get(), bytes.data() + at, bytes.size() - at, 0);
            if (got <= 0)
                return {};
            at += static_cast<std::size_t>(got);
            if (at == 2)
                bytes.resize(2 + (static_cast<std::size_t>(bytes[0]) << 8 | bytes[1]));
        }
        return {bytes.begin() + 2, bytes.end()};
    }
    void fault(std::string_view line) { std::ofstream(temporary_.path / "fault") << line << "\n"; }

    UniqueFd listener_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    UniqueFd stop_{eventfd(0, EFD_CLOEXEC)};
    TemporaryFolder temporary_;
    std::optional<fault::FaultLine> faults_{std::move(*fault::FaultLine::open(temporary_.path / "fault"))};
    Card card_{sample_card().issued.contents};
    VpcdPeer::Options options_;
    std::jthread thread_;
};

TEST_F(VpcdPeerTest, TellsTheAtrAndAnswersEvenInPieces) {
    start();
    const UniqueFd reader = accept_one();
    ASSERT_TRUE(reader);
    put(reader, hex("0001 04"));
    EXPECT_EQ(to_hex(get(reader)), "3b888001000000000081910019");
    const Bytes select = hex("000F 00A4040C0A D392F000260100000001");
    for (const std::uint8_t byte : select) {
        put(reader, {&byte, 1});
        std::this_thread::yield();
    }
    EXPECT_EQ(to_hex(get(reader)), "9000");
    put(reader, hex("0007 00A4020C020018 0004 00200080")); // two at once
    EXPECT_EQ(to_hex(get(reader)), "9000");
    EXPECT_EQ(to_hex(get(reader)), "63c3");
    put(reader, hex("0001 02 0004 00200080"));
    EXPECT_EQ(to_hex(get(reader)), "6986") << "a reset leaves nothing selected";
}

TEST_F(VpcdPeerTest, ComesBackWhenTheReaderDoes) {
    start();
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(accept_one()) << "closed at once by the test";
    end();
}

TEST_F(VpcdPeerTest, PullAndInsertAreCloseAndConnect) {
    options_.inserted = false;
    start();
    EXPECT_FALSE(accept_one(200));
    fault("insert");
    const UniqueFd reader = accept_one();
    ASSERT_TRUE(reader);
    fault("pull after 2");
    put(reader, hex("0005 0084000004"));
    EXPECT_EQ(get(reader).size(), 6U);
    put(reader, hex("0005 0084000004"));
    EXPECT_EQ(get(reader).size(), 6U);
    put(reader, hex("0005 0084000004"));
    EXPECT_TRUE(get(reader).empty());
    EXPECT_FALSE(accept_one(200));
    fault("insert");
    EXPECT_TRUE(accept_one());
}

TEST_F(VpcdPeerTest, SlowWrongAndMute) {
    start();
    UniqueFd reader = accept_one();
    ASSERT_TRUE(reader);
    fault("error 6F00 after 1");
    fault("slow 50 after 2");
    put(reader, hex("0005 0084000004"));
    EXPECT_EQ(get(reader).size(), 6U);
    put(reader, hex("0005 0084000004"));
    EXPECT_EQ(to_hex(get(reader)), "6f00");
    const Instant asked = SteadyClock::now();
    put(reader, hex("0005 0084000004"));
    EXPECT_EQ(to_hex(get(reader)), "6f00");
    EXPECT_GE(SteadyClock::now() - asked, Milliseconds(50));

    fault("mute"); // taken off and on, as a reader would notice it
    EXPECT_TRUE(get(reader).empty());
    reader = accept_one();
    ASSERT_TRUE(reader);
    put(reader, hex("0001 04"));
    EXPECT_EQ(get(reader).size(), 13U) << "a sign of life";
    put(reader, hex("0001 01 0001 04"));
    EXPECT_TRUE(get(reader).empty()) << "but no answer to reset";
    reader = accept_one();
    put(reader, hex("0001 04"));
    EXPECT_EQ(get(reader).size(), 13U);
    put(reader, hex("0005 0084000004"));
    EXPECT_TRUE(get(reader).empty()) << "nor to a command: as when a reader gives up";
    reader = accept_one();
    ASSERT_TRUE(reader);
    fault("clear");
    EXPECT_TRUE(get(reader).empty());
    reader = accept_one();
    put(reader, hex("0001 01 0001 04 0005 0084000004"));
    EXPECT_EQ(get(reader).size(), 13U);
    EXPECT_EQ(get(reader).size(), 6U);
}

TEST_F(VpcdPeerTest, APullCutsASlowAnswer) {
    start();
    const UniqueFd reader = accept_one();
    ASSERT_TRUE(reader);
    fault("slow 60000 after 1");
    put(reader, hex("0005 0084000004"));
    EXPECT_EQ(get(reader).size(), 6U);
    put(reader, hex("0005 0084000004"));
    fault("pull");
    EXPECT_TRUE(get(reader).empty());
}

} // namespace
} // namespace kaomon::card::simulated
