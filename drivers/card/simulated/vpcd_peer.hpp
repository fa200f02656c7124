// The simulated card at the virtual reader of a real pcscd (vsmartcard's vpcd): connecting is inserting,
// closing is pulling.
#pragma once

#include "drivers/base/unique_fd.hpp"
#include "drivers/card/simulated/card.hpp"
#include "drivers/card/simulated/condition.hpp"
#include "drivers/card/simulated/vpcd_frames.hpp"
#include "drivers/fault/fault_line.hpp"
#include "drivers/fault/fault_schedule.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace kaomon::card::simulated {

// Thread-bound. Faults as the language says; vpcd has no way to pull out the reader itself, so `unplug` is
// `pull` and `plug` undoes it. A mute card has no answer to reset,
// and a command to it ends as one that the reader gave up on.
class VpcdPeer {
  public:
    struct Options {
        std::string host = "127.0.0.1";     // numeric
        std::uint16_t port = 35963;         // vpcd's own default
        bool inserted = true;               // at the start
        std::chrono::microseconds delay{0}; // before every answer, beside what `slow` asks for
        std::function<void(std::string_view)> report = [](std::string_view) {
        }; // one line for each thing that happens
        std::function<void(std::string_view)> report_apdu; // one redacted line for each APDU; may be empty
    };

    // `faults` may be null.
    VpcdPeer(Card& card, Options options, fault::FaultLine* faults = nullptr)
        : card_(card), options_(std::move(options)), faults_(faults) {
        condition_.inserted = options_.inserted;
    }
    // Until `stop` (a descriptor) is readable. Connects again and again while the card is inserted: pcscd may
    // come later, die and come back.
    void run(int stop);

  private:
    struct Pending {
        SecretBytes message;
        Instant due;
    };
    void connect();
    void disconnect(std::string_view why);
    void take_faults();
    void apply(const fault::Fault& fault);
    void receive();
    void handle(ByteView payload);
    void control(std::uint8_t code);
    void send_due();
    int poll_timeout() const; // milliseconds

    Card& card_;
    Options options_;
    fault::FaultLine* faults_;
    fault::FaultSchedule schedule_;
    Condition condition_;
    UniqueFd socket_;
    VpcdFrames frames_;
    std::optional<Pending> pending_;
    Instant next_try_{};
    bool on_reader_ = false;
    bool powering_up_ = false; // the next question for the ATR is the answer to reset
};

} // namespace kaomon::card::simulated
