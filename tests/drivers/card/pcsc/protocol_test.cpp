// The same visit over T=0 and T=1 and with larger blocks, through the real pcscd; and who holds a reader.
#include "drivers/card/mynumber/face_reading.hpp"
#include "drivers/card/pcsc/clients.hpp"
#include "drivers/card/pcsc/pcsc_reader.hpp"
#include "tests/component/pcscd.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"
#include "tests/drivers/card/pcsc/t0_card.hpp"
#include "tests/drivers/card/pcsc/vpcd_card.hpp"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <winscard.h>

#include <array>
#include <csignal>

namespace kaomon::card {
namespace {

using namespace std::chrono_literals;
using test::VpcdCard;

ReaderState await_card(Reader& reader) {
    ReaderState state;
    const Instant end = SteadyClock::now() + 10s;
    while (state.condition != ReaderCondition::card_present && SteadyClock::now() < end)
        state = reader.wait(state, end);
    return state;
}

void visit(Reader& reader) {
    ASSERT_EQ(await_card(reader).condition, ReaderCondition::card_present);
    const auto held = reader.open();
    ASSERT_TRUE(held) << held.error().detail;
    mynumber::Guard guard(6);
    const auto read = mynumber::read_face(**held, test::parts("55", "2285"), guard,
                                          mynumber::IdempotencyKey{1}, test::trust(), test::today);
    ASSERT_TRUE(read) << word(read.error().reason) << ": " << read.error().detail;
    EXPECT_EQ(read->photo.size(), test::issued().photo_bytes);
    EXPECT_EQ(read->genuineness.chip, mynumber::Check::valid);
    EXPECT_EQ(read->genuineness.signature, mynumber::Check::valid);
}

class Protocol : public ::testing::Test {
  protected:
    test::Pcscd service;
    simulated::Card card{test::issued().contents};
};

TEST_F(Protocol, AVisitOverT0) {
    test::T0Card t0(card);
    const VpcdCard on_reader(
        service.port(), [&](ByteView command) { return t0.answer(command); }, false, VpcdCard::t0_atr);
    visit(*pcsc::make_reader(""));
    EXPECT_GE(t0.fetched, 1) << "the chip's signature comes by GET RESPONSE";
    EXPECT_GE(t0.corrected, 1) << "a file shorter than the Le asked for";
    EXPECT_EQ(t0.malformed, 0) << "T=0 has no Le behind data";
}

// Counts what is read at once.
struct Counting {
    simulated::Card& card;
    int reads = 0;
    std::uint32_t largest = 0; // bytes asked for
    SecretBytes operator()(ByteView bytes) {
        const auto command = Command::decode(bytes);
        if (command && command->ins == 0xB0) {
            ++reads;
            largest = std::max(largest, command->ne);
        }
        return card.answer(bytes);
    }
};

TEST_F(Protocol, AVisitOverT1AndWithLargerBlocks) {
    const auto read_with = [&](std::size_t block) {
        card.reset();
        Counting counting{card};
        ReaderState before; // until the last card is seen to have gone
        const auto reader = pcsc::make_reader(pcsc::Settings{.reader = {}, .read_block = block});
        while (before.condition != ReaderCondition::no_card)
            before = reader->wait(before, SteadyClock::now() + 5s);
        const VpcdCard on_reader(service.port(), [&](ByteView command) { return counting(command); });
        visit(*reader);
        return std::pair(counting.reads, counting.largest);
    };
    const auto usual = read_with(0), large = read_with(2048), small = read_with(64);
    EXPECT_EQ(usual.second, 256U) << "neither reader nor card announces more: never a guess";
    EXPECT_GT(large.second, 256U);
    EXPECT_LE(large.second, 2048U);
    EXPECT_LT(large.first, usual.first);
    EXPECT_EQ(small.second, 64U);
    EXPECT_GT(small.first, usual.first);
}

// Another program that holds the card, until told to let go: plain PC/SC and no thread (a fork of threads may
// start none).
class Other {
  public:
    Other() {
        int ready[2];
        if (pipe(ready) != 0)
            throw std::runtime_error("pipe");
        process_ = fork();
        if (process_ == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            prctl(PR_SET_NAME, "card-hog");
            if (hold_card() && write(ready[1], "y", 1) == 1)
                pause();
            _exit(0);
        }
        close(ready[1]); // so that its end is seen
        char told = 'n';
        const bool held = read(ready[0], &told, 1) == 1;
        close(ready[0]);
        if (!held)
            throw std::runtime_error("the other process does not hold the card");
    }
    ~Other() {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    pid_t process() const { return process_; }

  private:
    static bool hold_card() {
        SCARDCONTEXT context{};
        if (SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context) != SCARD_S_SUCCESS)
            return false;
        std::array<char, 1024> readers{}; // the first of the names
        DWORD size = readers.size(), protocol = 0;
        SCARDHANDLE card{};
        return SCardListReaders(context, nullptr, readers.data(), &size) == SCARD_S_SUCCESS &&
               test::eventually([&] {
                   return SCardConnect(context, readers.data(), SCARD_SHARE_EXCLUSIVE,
                                       SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card,
                                       &protocol) == SCARD_S_SUCCESS;
               });
    }
    pid_t process_ = -1;
};

TEST_F(Protocol, AReaderHeldByAnotherProgramNamesIt) {
    const VpcdCard on_reader(service.port(), [&](ByteView command) { return card.answer(command); });
    const auto reader = pcsc::make_reader("");
    {
        const Other other;
        await_card(*reader);
        const auto opened = reader->open();
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().reason, Reason::reader_busy);
        EXPECT_TRUE(opened.error().detail.contains("held by card-hog (process " +
                                                   std::to_string(other.process()) + ")"))
            << opened.error().detail;
    }
    EXPECT_TRUE(test::eventually([&] { return reader->open().has_value(); }))
        << "it is ours when the other ends";
}

} // namespace
} // namespace kaomon::card
