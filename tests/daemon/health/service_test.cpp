#include "daemon/health/service.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace kaomon::health {
namespace {

using namespace std::chrono_literals;
const Instant start{1h};

TEST(Pulse, AThreadThatRestsIsNotSilent) {
    Pulse pulse;
    EXPECT_EQ(pulse.silent(start), 0ms) << "it has not begun";
    pulse.beat(start);
    EXPECT_EQ(pulse.silent(start + 3s), 3s);
    pulse.rest();
    EXPECT_EQ(pulse.silent(start + 1h), 0ms);
    pulse.beat(start + 2h);
    EXPECT_EQ(pulse.silent(start + 2h + 1ms), 1ms);
}

TEST(Hearts, OnlyWhoIsSilentForTooLongIsStuck) {
    const auto card = std::make_shared<Pulse>(), face = std::make_shared<Pulse>();
    const std::vector<Heart> hearts{{card, 15s, Reason::reader_stuck}, {face, 10s, Reason::camera_error}};
    card->beat(start);
    face->rest();
    EXPECT_TRUE(stuck_of(hearts, start + 15s).empty());
    EXPECT_EQ(stuck_of(hearts, start + 15s + 1ms), std::vector{Reason::reader_stuck});
    face->beat(start);
    EXPECT_EQ(stuck_of(hearts, start + 1min), (std::vector{Reason::reader_stuck, Reason::camera_error}));
    card->beat(start + 1min);
    face->beat(start + 1min);
    EXPECT_TRUE(stuck_of(hearts, start + 1min).empty()) << "come round again";
}

TEST(Service, WhoComesRoundAgainIsToldSoSoon) {
    boost::asio::io_context loop;
    Service service(loop);
    const auto card = std::make_shared<Pulse>();
    card->beat(SteadyClock::now() - 1min);
    std::vector<std::vector<Reason>> told;
    service.ready("", {{card, 15s, Reason::reader_stuck}}, [&](std::vector<Reason> stuck) {
        told.push_back(std::move(stuck));
        card->rest();
    });
    loop.run_for(1s);
    EXPECT_EQ(told, (std::vector<std::vector<Reason>>{{Reason::reader_stuck}, {}}));
}

} // namespace
} // namespace kaomon::health
