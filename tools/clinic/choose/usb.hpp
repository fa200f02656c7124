// A card reader as a USB device: who it says it is and what its CCID descriptor promises.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace kaomon::choose {

// How much of a command a reader takes at once (CCID 1.1, 5.1, dwFeatures).
enum class Exchange : unsigned char { character, tpdu, short_apdu, extended_apdu };

struct CcidDescriptor {
    int slots = 1;                      // bMaxSlotIndex + 1
    Exchange exchange = Exchange::tpdu; // of the device; its driver may treat the slots alike or not
    std::uint32_t largest_message = 0;  // dwMaxCCIDMessageLength, bytes, its head of 10 bytes with it
    bool t0 = false, t1 = false;        // dwProtocols
};

struct UsbReader {
    std::uint16_t vendor = 0, product = 0;
    std::string maker, name; // its own strings; may be empty
    std::string firmware;    // bcdDevice, "1.00"
    std::optional<CcidDescriptor> ccid;
};

// The first CCID descriptor among a device's descriptors, as sysfs shows them; nothing where there is none or
// the lengths do not close. Reentrant.
std::optional<CcidDescriptor> parse_ccid(ByteView descriptors);

// The device at that bus and address; nothing where sysfs has none. `root`: where the devices are listed.
std::optional<UsbReader> find_usb(unsigned bus, unsigned device,
                                  const std::filesystem::path& root = "/sys/bus/usb/devices");

std::string usb_id(const UsbReader& reader); // "054c:0dc8"

} // namespace kaomon::choose
