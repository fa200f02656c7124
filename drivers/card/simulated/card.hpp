// The simulated My Number Card: command APDU in, answer out, as drivers/card/SPEC.md §2 to §10 describes it.
#pragma once

#include "drivers/card/apdu.hpp"
#include "drivers/card/simulated/contents.hpp"

#include <array>
#include <functional>
#include <utility>
#include <vector>

namespace kaomon::card::simulated {

// Where the sources are silent, the card is on the harsh side, so that a careless driver is found out: a
// VERIFY of a wrong length costs a try, the empty VERIFY of a locked secret says 63C0. Not there: secure
// messaging, PIN change, PSS signatures (P1 04, 05), the terminal's certificate (80 A2 refuses every one).
//
// With KAOMON_FORBID_MY_NUMBER in the environment (as all tests of the driver and the daemon run) a command
// that touches the my number ends the process: verification number A (照合番号A) and the files it opens are
// for other software, never for ours.
//
// Reentrant: cards share nothing. One card is thread-bound.
class Card {
  public:
    // Writes the tries down where they outlive this process; false: they could not be written. Called before
    // the answer with them leaves; the card then answers 6581 and has verified nothing.
    using Keep = std::function<bool(const Contents&)>;

    explicit Card(Contents contents, Keep keep = {});
    Card(const Card&) = delete;
    Card& operator=(const Card&) = delete;

    // Never fails: nonsense has status words too.
    SecretBytes answer(ByteView command);
    // Off and on: nothing selected, nothing verified, a new UID. The tries stay.
    void reset();

    ByteView atr() const noexcept { return atr_; }
    const Contents& contents() const noexcept { return contents_; }

  private:
    struct Answer {
        StatusWord status;
        SecretBytes data{};
    };
    Answer dispatch(const Command& command);
    Answer select(const Command& command);
    Answer select_application(ByteView aid);
    Answer read_binary(const Command& command);
    Answer read_record(const Command& command);
    Answer get_data(const Command& command) const;
    Answer get_challenge(const Command& command) const;
    Answer verify(const Command& command);
    Answer sign(const Command& command);
    Answer authenticate(const Command& command);
    Answer present_terminal(const Command& command) const;
    Answer get_uid(const Command& command) const;

    Answer signature(const File& key, ByteView block, std::uint32_t ne) const;
    // Makes the file with that short id the current one (0: leaves the current one), and sees whether it is
    // of that kind.
    StatusWord choose(std::uint8_t sfi, FileKind kind) noexcept;
    bool open(const File& file) const noexcept;
    bool verified(std::uint16_t secret) const noexcept;
    bool my_number_touched(const Command& command) const noexcept; // by a command that was obeyed
    void forget(std::uint16_t secret) noexcept;

    Contents contents_;
    Keep keep_;
    Bytes atr_;
    Application* application_ = nullptr; // null: the issuer security domain, as after a reset
    File* file_ = nullptr;
    std::vector<std::pair<const Application*, std::uint16_t>> verified_;
    std::array<std::uint8_t, 4> uid_{}; // PUPI, ISO/IEC 14443-3 type B
};

} // namespace kaomon::card::simulated
