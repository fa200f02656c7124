// A PC/SC service in process, with one reader and two cards, that fails as its seed wants: what wrap_pcsc.cpp
// puts in the place of libpcsclite.
#pragma once

#include "drivers/card/simulated/card.hpp"

#include <winscard.h>

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace kaomon::test {

class PcscService {
  public:
    PcscService();
    explicit PcscService(card::simulated::Contents first); // of card 0
    ~PcscService();
    static PcscService& running(); // the one that lives

    // What a person or the machine does; each call of the driver may bring one of them too.
    void put(std::size_t card);
    void pull();
    void restart(); // pcscd ends and begins: no context and no hold survives it
    void unplug(bool out) { unplugged_ = out; }

    std::string reader = "A reader that fails 00 00"; // its name
    // The answer to FEATURE_GET_TLV_PROPERTIES (PC/SC part 10); empty: at random, or no such feature.
    Bytes properties;
    std::array<card::simulated::Card, 2> cards;
    int verifies = 0;               // VERIFY commands with a body that left the driver
    std::set<std::size_t> answered; // cards that answered since the last SCardConnect

    LONG establish(SCARDCONTEXT* context);
    LONG release(SCARDCONTEXT context);
    LONG list(SCARDCONTEXT context, char* names, DWORD* size);
    LONG status_change(SCARDCONTEXT context, SCARD_READERSTATE* states, DWORD count);
    LONG connect(SCARDCONTEXT context, const char* name, SCARDHANDLE* hold, DWORD* protocol);
    LONG disconnect(SCARDHANDLE hold);
    LONG status(SCARDHANDLE hold, BYTE* atr, DWORD* size);
    LONG control(SCARDHANDLE hold, DWORD wanted, BYTE* reply, DWORD room, DWORD* size);
    LONG transmit(SCARDHANDLE hold, const BYTE* command, DWORD length, BYTE* answer, DWORD* size);

  private:
    LONG something_happens(); // an error code, or success
    LONG held(SCARDHANDLE hold) const;

    static constexpr std::size_t none = 2;
    std::size_t lies_there_ = none;
    DWORD events_ = 0; // comings and goings
    bool unplugged_ = false;
    std::set<SCARDCONTEXT> contexts_;
    std::map<SCARDHANDLE, DWORD> holds_; // and events_ as it was
    long next_ = 1;
};

} // namespace kaomon::test
