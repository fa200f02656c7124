// A whole face visit of the simulated card through the real pcscd.
#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "drivers/card/pcsc/pcsc_reader.hpp"
#include "drivers/card/simulated/vpcd_peer.hpp"
#include "tests/component/pcscd.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gtest/gtest.h>
#include <sys/eventfd.h>

#include <thread>

namespace kaomon::card {
namespace {

using namespace mynumber;
using namespace std::chrono_literals;

// The card on the reader, on a thread of its own.
class CardOnReader {
  public:
    explicit CardOnReader(std::uint16_t port)
        : card_(test::issued().contents), stop_(eventfd(0, EFD_CLOEXEC)), thread_([this, port] {
              simulated::VpcdPeer::Options options;
              options.port = port;
              simulated::VpcdPeer(card_, std::move(options)).run(stop_.get());
          }) {}
    ~CardOnReader() {
        eventfd_write(stop_.get(), 1);
        thread_.join();
    }

  private:
    simulated::Card card_;
    UniqueFd stop_;
    std::thread thread_;
};

class Visit : public ::testing::Test {
  protected:
    std::unique_ptr<CardTransaction> meet() {
        ReaderState state;
        const Instant end = SteadyClock::now() + 10s;
        while (state.condition != ReaderCondition::card_present && SteadyClock::now() < end) {
            state = reader->wait(state, end);
        }
        auto opened = reader->open();
        if (!opened)
            throw std::runtime_error(opened.error().detail);
        return std::move(*opened);
    }

    test::Pcscd service;
    CardOnReader card{service.port()};
    std::unique_ptr<Reader> reader = pcsc::make_reader("");
};

TEST_F(Visit, FromFreeDataToTheChip) {
    const auto held = meet();
    const auto data = read_free_data(*held, test::today);
    ASSERT_TRUE(data) << data.error().detail;
    EXPECT_EQ(data->tries_left, 10);
    const auto number = assemble(test::parts("55", "2285"), *data, test::today);
    ASSERT_TRUE(number);
    Guard guard(6);
    ASSERT_TRUE(guard.verify(*held, *number, IdempotencyKey{1}));
    const auto record = read_photo_record(*held, data->signer_certificate, test::trust());
    ASSERT_TRUE(record) << record.error().detail;
    EXPECT_EQ(record->photo.size(), test::issued().photo_bytes);
    const auto genuineness = challenge_chip(*held, *record);
    ASSERT_TRUE(genuineness) << genuineness.error().detail;
    EXPECT_EQ(genuineness->signature, Check::valid);
    EXPECT_EQ(genuineness->chip, Check::valid);
}

TEST_F(Visit, NoVerifiedStateOutlivesTheTransaction) {
    {
        const auto held = meet();
        const auto data = read_free_data(*held, test::today);
        ASSERT_TRUE(data) << data.error().detail;
        const auto number = assemble(test::parts("55", "2285"), *data, test::today);
        ASSERT_TRUE(Guard(6).verify(*held, *number, IdempotencyKey{1}));
    }
    const auto held = meet();
    const auto data = read_free_data(*held, test::today); // refuses a card that is open
    EXPECT_TRUE(data) << data.error().detail;
}

TEST_F(Visit, AWrongNumberCostsOneTryAndAContradictionNone) {
    const auto held = meet();
    const auto data = read_free_data(*held, test::today);
    ASSERT_TRUE(data) << data.error().detail;
    EXPECT_FALSE(assemble(test::number("55021820352285"), *data, test::today));
    Guard guard(6);
    const auto number = assemble(test::parts("55", "0000"), *data, test::today);
    const auto verified = guard.verify(*held, *number, IdempotencyKey{1});
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().reason, Reason::access_number_wrong);
    EXPECT_EQ(guard.tries_left(), 9);
    EXPECT_EQ(guard.verify(*held, *number, IdempotencyKey{1}).error().reason, Reason::idempotency_key_used);
    EXPECT_EQ(read_free_data(*held, test::today)->tries_left, 9);
}

TEST_F(Visit, ACrashOfTheServiceInTheMiddleCostsNothing) {
    {
        const auto held = meet();
        const auto data = read_free_data(*held, test::today);
        ASSERT_TRUE(data) << data.error().detail;
        const auto number = assemble(test::parts("55", "2285"), *data, test::today);
        service.kill();
        Guard guard(6);
        EXPECT_EQ(guard.verify(*held, *number, IdempotencyKey{1}).error().reason,
                  Reason::reader_service_down);
    }
    service.start();
    reader = pcsc::make_reader("");
    const auto held = meet();
    const auto data = read_free_data(*held, test::today);
    ASSERT_TRUE(data) << data.error().detail;
    EXPECT_EQ(data->tries_left, 10);
}

} // namespace
} // namespace kaomon::card
