// A USB card reader with a simulated card on it, as pcscd's own driver (libccid) sees one: CCID 1.1 at the
// level of APDUs, short and extended, T=1, with an interrupt endpoint for cards that come and go.
#pragma once

#include "drivers/card/simulated/card.hpp"
#include "tests/system/kernel/usb_gadget.hpp"

#include <mutex>
#include <thread>

namespace kaomon::test {

// All thread-safe. Throws std::runtime_error where there is no gadget framework.
class CcidReader {
  public:
    // Plugged in; the slot is empty.
    explicit CcidReader(const UsbIdentity& identity);
    ~CcidReader();
    CcidReader(const CcidReader&) = delete;
    CcidReader& operator=(const CcidReader&) = delete;

    void plug() const { gadget_.plug(); }
    void unplug() const { gadget_.unplug(); }
    // The card outlives its stay.
    void put(card::simulated::Card& card);
    void take_away();

  private:
    void serve(const std::stop_token& stop);
    SecretBytes answer(ByteView message); // to a whole PC_to_RDR message
    void tell_slot(bool present) const;

    UsbGadget gadget_;
    UniqueFd control_, out_, in_, interrupt_; // ep0..ep3
    std::mutex mutex_;
    card::simulated::Card* card_ = nullptr; // guarded by mutex_
    bool powered_ = false;                  // guarded by mutex_
    std::jthread control_thread_, thread_;
};

} // namespace kaomon::test
