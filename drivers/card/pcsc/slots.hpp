// The readers there are, each slot one, and which USB device stands behind it: for tools that tell readers
// apart.
#pragma once

#include "drivers/base/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kaomon::card::pcsc {

struct UsbAddress { // as in /sys/bus/usb/devices/*/busnum and devnum
    unsigned bus = 0, device = 0;
    friend bool operator==(const UsbAddress&, const UsbAddress&) = default;
};

struct Slot {
    std::string reader;            // PC/SC name
    std::optional<UsbAddress> usb; // as its driver says (SCARD_ATTR_CHANNEL_ID); a virtual reader has none
};

// All slots, in pcscd's order. One that another program holds shows nothing but its name. Sends no command
// to a card. Reason: reader_service_down. Thread-bound.
Result<std::vector<Slot>> list_slots();

} // namespace kaomon::card::pcsc
