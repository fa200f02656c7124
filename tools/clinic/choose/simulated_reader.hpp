// Candidates for those who have none on the table: the simulated card on a simulated reader with one fault.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/card/reader.hpp"
#include "proto/words.hpp"
#include "tools/clinic/choose/guide.hpp"

#include <memory>

namespace kaomon::choose {

enum class ReaderFault : unsigned char {
    none,
    slow,        // 25 ms more for every command
    tap_loss,    // every fifth card is not noticed
    small_block, // carries no more than 128 bytes of an answer
    mute,        // cards do not answer
    vanishes,    // is gone in the middle of the third tap
};
consteval auto words_of(ReaderFault) {
    return in_words("none", "slow", "tap-loss", "small-block", "mute", "vanishes");
}

// The reader, and the hands that put the card on it. The card is issued once a process: about a second.
class SimulatedReaderStand {
  public:
    // Reason: internal_error.
    static Result<std::unique_ptr<SimulatedReaderStand>> make(ReaderFault fault, Date today);
    virtual ~SimulatedReaderStand() = default;

    virtual card::Reader& reader() = 0;
    virtual void put_card(int tap) = 0;
    virtual void take_card() = 0;
    virtual void unplug() = 0;
    virtual void plug() = 0;
    virtual SecretText number() const = 0; // verification number B of its card
};

} // namespace kaomon::choose
