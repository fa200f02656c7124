#include "tools/clinic/choose/simulated_reader.hpp"

#include "drivers/card/apdu.hpp"
#include "drivers/card/simulated/issuer.hpp"
#include "drivers/card/simulated/portrait.hpp"
#include "drivers/card/simulated/simulated_reader.hpp"

namespace kaomon::choose {
namespace {

namespace simulated = card::simulated;

constexpr unsigned slow_ms = 25, commands_before_it_vanishes = 5;
constexpr int every_lost = 5, vanishing_tap = 3;
constexpr std::size_t small_block = 128; // bytes

// Refuses answers it could not carry, as a reader with a small buffer does.
class SmallTransaction final : public card::CardTransaction {
  public:
    explicit SmallTransaction(std::unique_ptr<CardTransaction> card) : card_(std::move(card)) {}
    Result<SecretBytes> transmit(ByteView bytes) override {
        const auto command = card::Command::decode(bytes);
        if (command && command->ins == 0xB0 && command->ne > small_block)
            return fail(Reason::card_error, "the simulated reader carries 128 bytes");
        return card_->transmit(bytes);
    }
    ByteView atr() const noexcept override { return card_->atr(); }
    std::size_t read_block() const noexcept override { return card_->read_block(); }

  private:
    std::unique_ptr<CardTransaction> card_;
};

class SmallReader final : public card::Reader {
  public:
    explicit SmallReader(card::Reader& reader) : reader_(reader) {}
    card::ReaderState wait(const card::ReaderState& known, Instant until) override {
        return reader_.wait(known, until);
    }
    void wake() noexcept override { reader_.wake(); }
    Result<std::unique_ptr<card::CardTransaction>> open() override {
        auto opened = reader_.open();
        if (!opened)
            return opened;
        return std::make_unique<SmallTransaction>(std::move(*opened));
    }

  private:
    card::Reader& reader_;
};

// A photograph of nobody: a soft oval. It is never looked at, only read.
Image portrait_of_nobody() {
    Image grey{simulated::portrait_width, simulated::portrait_height, 1, {}};
    grey.pixels.resize(grey.stride() * static_cast<std::size_t>(grey.height));
    std::uint32_t noise = 1;
    for (int y = 0; y < grey.height; ++y) {
        for (int x = 0; x < grey.width; ++x) {
            const int dx = (x - grey.width / 2) * 3, dy = (y - grey.height / 2) * 2;
            noise = noise * 1664525U + 1013904223U; // so that the file has the size of a photograph's
            const int level = (dx * dx + dy * dy < 60'000 ? 170 : 90) + static_cast<int>(noise >> 27U);
            grey.pixels[static_cast<std::size_t>(y) * grey.stride() + static_cast<std::size_t>(x)] =
                static_cast<std::uint8_t>(level);
        }
    }
    return grey;
}

class Stand final : public SimulatedReaderStand {
  public:
    Stand(ReaderFault fault, std::shared_ptr<simulated::Card> card, std::string number)
        : fault_(fault), card_(std::move(card)), number_(std::move(number)) {
        if (fault_ == ReaderFault::slow)
            reader_.apply({fault::Verb::slow, slow_ms, 0});
        if (fault_ == ReaderFault::mute)
            reader_.apply({fault::Verb::mute, {}, 0});
    }

    card::Reader& reader() override {
        return fault_ == ReaderFault::small_block ? small_ : static_cast<card::Reader&>(reader_);
    }
    void put_card(int tap) override {
        if (fault_ == ReaderFault::tap_loss && tap % every_lost == 0)
            return;
        if (fault_ == ReaderFault::vanishes && tap == vanishing_tap)
            reader_.apply({fault::Verb::unplug, {}, commands_before_it_vanishes});
        reader_.insert(card_);
    }
    void take_card() override { reader_.pull(); }
    void unplug() override { reader_.apply({fault::Verb::unplug, {}, 0}); }
    void plug() override { reader_.apply({fault::Verb::plug, {}, 0}); }
    SecretText number() const override { return SecretText(number_); }

  private:
    ReaderFault fault_;
    std::shared_ptr<simulated::Card> card_;
    std::string number_; // of a person who does not exist
    simulated::SimulatedReader reader_{{.name = "Simulated reader, fault: " + std::string(word(fault_))}};
    SmallReader small_{reader_};
};

struct Issued {
    simulated::Contents contents;
    std::string number;
};

Result<Issued> issue(Date today) {
    const auto authority = simulated::Authority::generate();
    if (!authority)
        return std::unexpected(authority.error());
    simulated::Holder holder;
    simulated::complete(holder, today, 1);
    auto issued = simulated::issue(*authority, holder, portrait_of_nobody(), today);
    if (!issued)
        return std::unexpected(issued.error());
    return Issued{std::move(issued->contents), simulated::access_number(holder)};
}

} // namespace

Result<std::unique_ptr<SimulatedReaderStand>> SimulatedReaderStand::make(ReaderFault fault, Date today) {
    static const auto issued = issue(today); // its keys take a second to make
    if (!issued)
        return std::unexpected(issued.error());
    return std::make_unique<Stand>(fault, std::make_shared<simulated::Card>(issued->contents),
                                   issued->number);
}

} // namespace kaomon::choose
