// A reader in this process, with a simulated card on it: no pcscd, no socket.
#pragma once

#include "drivers/card/reader.hpp"
#include "drivers/card/simulated/card.hpp"
#include "drivers/fault/fault.hpp"

namespace kaomon::card::simulated {

// wait() and open() and what they return belong to the card thread; insert(), pull(), apply() and wake() are
// thread-safe: a test pulls the card while the driver reads it.
class SimulatedReader final : public Reader {
  public:
    struct Settings {
        std::string name = "Simulated reader";
        std::size_t read_block = 256; // that the driver asks a card for at once
        std::size_t largest_block =
            65536; // that passes; a larger one fails, as with readers that know no more
    };
    SimulatedReader();
    explicit SimulatedReader(Settings settings);
    ~SimulatedReader() override;

    // Puts a card down (in place of one that lies there: a new tap).
    void insert(std::shared_ptr<Card> card);
    void pull();
    // Any fault of the language; `insert` puts the last card down again. A card pulled while a slow answer is
    // under way has done what it was told; one pulled `after N` never saw the command behind the N.
    void apply(const fault::Fault& fault);
    // Command APDUs that the card has answered since the start.
    std::uint64_t answered() const;
    bool held() const; // a transaction is open

    ReaderState wait(const ReaderState& known, Instant until) override;
    void wake() noexcept override;
    Result<std::unique_ptr<CardTransaction>> open() override;

    struct Shared;

  private:
    std::shared_ptr<Shared> shared_; // transactions may outlive the reader
};

} // namespace kaomon::card::simulated
