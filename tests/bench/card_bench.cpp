// What the driver adds to the card: its transmit against a bare SCardTransmit, and the card's part of a face
// visit against the sum of its APDU times. Both at one card behind one virtual reader of a real pcscd.
//   overhead            counters: bare_us, driver_us (medians of pairs taken in turn), ratio
//   attributes          counters: part_us, own_us (without the sum of its APDUs), apdus
//   face_visit          counters: visit_us, apdus_us (their sum), ratio, apdus, sent_B, received_B
#include "drivers/card/mynumber/attribute_record.hpp"
#include "drivers/card/mynumber/face_reading.hpp"
#include "drivers/card/mynumber/trust_store.hpp"
#include "drivers/card/pcsc/context.hpp"
#include "drivers/card/pcsc/pcsc_reader.hpp"
#include "drivers/card/pcsc/transaction.hpp"
#include "drivers/card/simulated/issuer.hpp"
#include "drivers/card/simulated/portrait.hpp"
#include "drivers/card/simulated/vpcd_peer.hpp"
#include "tests/bench/median.hpp"
#include "tests/bench/must.hpp"
#include "tests/component/pcscd.hpp"

#include <benchmark/benchmark.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

namespace kaomon::card {
namespace {

using bench::median;
using bench::must;

using namespace std::chrono;

constexpr Date today{year(2026), month(11), day(25)};

double microseconds_of(SteadyClock::duration span) {
    return duration<double, std::micro>(span).count();
}

struct Issued {
    simulated::Contents contents;
    std::string number;
    mynumber::TrustStore trust;
};

Issued issue() {
    const auto authority = must(simulated::Authority::generate());
    simulated::Holder holder;
    simulated::complete(holder, today, 1);
    Image portrait{simulated::portrait_width, simulated::portrait_height, 1, {}};
    std::uint32_t noise = 1;
    for (int i = 0; i < portrait.width * portrait.height; ++i) {
        noise = noise * 1664525U + 1013904223U; // so that the photograph has the size of one
        portrait.pixels.push_back(static_cast<std::uint8_t>(100 + (noise >> 27U)));
    }
    Issued issued{must(simulated::issue(authority, holder, portrait, today)).contents,
                  simulated::access_number(holder),
                  {}};
    for (auto& key : must(mynumber::parse_trust_file(authority.trust_file(), "bench")))
        issued.trust.add(std::move(key));
    return issued;
}

// One desk for all: a pcscd, a card on its reader.
class Desk {
  public:
    Desk()
        : issued_(issue()), card_(issued_.contents), stop_(eventfd(0, EFD_CLOEXEC)), serving_([this] {
              simulated::VpcdPeer::Options options;
              options.port = service_.port();
              simulated::VpcdPeer(card_, std::move(options)).run(stop_.get());
          }) {
        card::ReaderState state;
        while (state.condition != ReaderCondition::card_present)
            state = reader->wait(state, SteadyClock::now() + 10s);
    }
    ~Desk() {
        eventfd_write(stop_.get(), 1);
        serving_.join();
    }
    const Issued& issued() const { return issued_; }

  private:
    test::Pcscd service_;
    Issued issued_;
    simulated::Card card_;
    UniqueFd stop_;
    std::thread serving_;

  public:
    std::unique_ptr<Reader> reader = pcsc::make_reader("");
};

Desk& desk() {
    static Desk the_desk;
    return the_desk;
}

// A READ BINARY of 256 bytes, the commonest command of a visit; the free sign-in certificate is its file.
void overhead(benchmark::State& state) {
    const Bytes select_application{0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0,
                                   0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01};
    const Bytes select_file{0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x0A};
    const Bytes read{0x00, 0xB0, 0x00, 0x00, 0x00};
    Desk& the_desk = desk();
    auto held = must(the_desk.reader->open());
    // the bare call goes through the driver's own handle: the same connection, the same card, in turn
    const SCARDHANDLE handle = static_cast<pcsc::Transaction&>(*held).handle();
    must(held->transmit(select_application));
    must(held->transmit(select_file));
    std::vector<BYTE> answer(MAX_BUFFER_SIZE_EXTENDED);
    std::vector<double> bare, driver;
    for (auto _ : state) {
        Instant begun = SteadyClock::now();
        auto size = static_cast<DWORD>(answer.size());
        if (SCardTransmit(handle, SCARD_PCI_T1, read.data(), static_cast<DWORD>(read.size()), nullptr,
                          answer.data(), &size) != SCARD_S_SUCCESS ||
            size != 258)
            state.SkipWithError("the bare call failed");
        bare.push_back(microseconds_of(SteadyClock::now() - begun));
        begun = SteadyClock::now();
        if (must(held->transmit(read)).size() != 258)
            state.SkipWithError("the driver's call failed");
        driver.push_back(microseconds_of(SteadyClock::now() - begun));
    }
    state.counters["bare_us"] = median(bare);
    state.counters["driver_us"] = median(driver);
    state.counters["ratio"] = median(driver) / median(bare);
}
BENCHMARK(overhead)->Unit(benchmark::kMicrosecond)->MinTime(2);

// Counts and times what goes through it.
class Counting final : public CardTransaction {
  public:
    explicit Counting(std::unique_ptr<CardTransaction> card) : card_(std::move(card)) {}
    Result<SecretBytes> transmit(ByteView command) override {
        const Instant begun = SteadyClock::now();
        auto answer = card_->transmit(command);
        took += microseconds_of(SteadyClock::now() - begun);
        ++apdus;
        sent += command.size();
        received += answer ? answer->size() : 0;
        return answer;
    }
    ByteView atr() const noexcept override { return card_->atr(); }
    std::size_t read_block() const noexcept override { return card_->read_block(); }

    double took = 0; // microseconds
    std::size_t apdus = 0, sent = 0, received = 0;

  private:
    std::unique_ptr<CardTransaction> card_;
};

// From the card that lies there to the checked photograph and the chip's answer; without SCardConnect and the
// reset at the end, which are the service's and are timed beside it.
void face_visit(benchmark::State& state) {
    Desk& the_desk = desk();
    std::vector<double> visits, sums, ratios, connects;
    std::size_t apdus = 0, sent = 0, received = 0;
    for (auto _ : state) {
        const Instant asked = SteadyClock::now();
        auto opened = must(the_desk.reader->open());
        connects.push_back(microseconds_of(SteadyClock::now() - asked));
        Counting card(std::move(opened));
        mynumber::Guard guard(6);
        const Instant begun = SteadyClock::now();
        const auto read = must(mynumber::read_face(
            card, {.number = SecretText(the_desk.issued().number), .era_year = {}, .security_code = {}},
            guard, mynumber::IdempotencyKey{1}, the_desk.issued().trust, today));
        visits.push_back(microseconds_of(SteadyClock::now() - begun));
        if (read.genuineness.reason)
            state.SkipWithError("the card is not genuine");
        sums.push_back(card.took);
        ratios.push_back(visits.back() / card.took);
        apdus = card.apdus, sent = card.sent, received = card.received;
    }
    state.counters["visit_us"] = median(visits);
    state.counters["apdus_us"] = median(sums);
    state.counters["connect_us"] = median(connects);
    state.counters["ratio"] = median(ratios);
    state.counters["apdus"] = static_cast<double>(apdus);
    state.counters["sent_B"] = static_cast<double>(sent);
    state.counters["received_B"] = static_cast<double>(received);
}
BENCHMARK(face_visit)->Unit(benchmark::kMillisecond)->MinTime(2);

// What attributes add to that visit: 13 commands more, three signatures and a digest.
void attributes(benchmark::State& state) {
    Desk& the_desk = desk();
    const mynumber::TrustStore& trust = the_desk.issued().trust;
    std::vector<double> parts, own;
    std::size_t apdus = 0;
    for (auto _ : state) {
        state.PauseTiming();
        Counting card(must(the_desk.reader->open()));
        mynumber::Guard guard(6);
        const auto data = must(mynumber::read_free_data(card, today));
        const auto number = must(mynumber::assemble(
            {.number = SecretText(the_desk.issued().number), .era_year = {}, .security_code = {}}, data,
            today));
        must(guard.verify(card, number, mynumber::IdempotencyKey{1}));
        const auto photo = must(mynumber::read_photo_record(card, data.signer_certificate, trust));
        const double before = card.took;
        const std::size_t apdus_before = card.apdus;
        state.ResumeTiming();
        const Instant begun = SteadyClock::now();
        must(guard.verify_attributes(card, number, mynumber::IdempotencyKey{1}));
        const auto record = must(mynumber::read_attribute_record(card));
        must(mynumber::check_attributes(record, photo.birth_and_sex, values<Attribute>(), trust));
        parts.push_back(microseconds_of(SteadyClock::now() - begun));
        own.push_back(parts.back() - (card.took - before));
        apdus = card.apdus - apdus_before;
    }
    state.counters["part_us"] = median(parts);
    state.counters["own_us"] = median(own); // without the card's and the reader's
    state.counters["apdus"] = static_cast<double>(apdus);
}
BENCHMARK(attributes)->Unit(benchmark::kMillisecond)->Iterations(200);

} // namespace
} // namespace kaomon::card
