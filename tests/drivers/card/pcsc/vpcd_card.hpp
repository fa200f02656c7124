// The smallest card that vpcd takes: connects, tells an answer to reset, answers every APDU by a function.
#pragma once

#include "drivers/base/secret.hpp"
#include "drivers/base/unique_fd.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>

namespace kaomon::test {

class VpcdCard {
  public:
    // On the card's own thread. An empty answer: the card is gone, in the middle of the APDU.
    using Answer = std::function<SecretBytes(ByteView command)>;

    static const Bytes usual_atr;       // contacts, T=1
    static const Bytes t0_atr;          // contacts, T=0 alone
    static const Bytes contactless_atr; // as a PC/SC reader makes it up for a card of type B
    // On the reader from now on. A mute card is there, and does not answer when it is switched on.
    VpcdCard(std::uint16_t port, Answer answer, bool mute = false, Bytes atr = usual_atr);
    ~VpcdCard() { pull(); }
    VpcdCard(const VpcdCard&) = delete;
    VpcdCard& operator=(const VpcdCard&) = delete;

    void pull(); // off the reader; not from within an answer
    int resets() const noexcept { return resets_; }

  private:
    void serve();

    Answer answer_;
    bool mute_;
    Bytes atr_;
    std::atomic<int> resets_ = 0;
    UniqueFd connection_;
    std::thread thread_;
};

} // namespace kaomon::test
