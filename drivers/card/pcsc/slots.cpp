#include "drivers/card/pcsc/slots.hpp"

#include "drivers/card/pcsc/context.hpp"

#include <reader.h>

#include <cstring>

namespace kaomon::card::pcsc {
namespace {

constexpr std::uint32_t usb_channel = 0x0020; // upper half of SCARD_ATTR_CHANNEL_ID (PC/SC part 3, 3.1.4)

std::optional<UsbAddress> usb_address(SCARDHANDLE handle) {
    std::uint32_t channel = 0;
    DWORD size = sizeof channel;
    if (SCardGetAttrib(handle, SCARD_ATTR_CHANNEL_ID, reinterpret_cast<BYTE*>(&channel), &size) !=
            SCARD_S_SUCCESS ||
        size != sizeof channel || channel >> 16 != usb_channel)
        return std::nullopt;
    return UsbAddress{channel >> 8 & 0xFFU, channel & 0xFFU};
}

} // namespace

Result<std::vector<Slot>> list_slots() {
    const auto context = Context::establish();
    if (!context)
        return std::unexpected(context.error());
    const auto names = (*context)->readers();
    if (!names)
        return std::unexpected(names.error());
    std::vector<Slot> slots;
    for (const std::string& name : *names) {
        Slot slot{name, std::nullopt};
        SCARDHANDLE handle = 0;
        DWORD protocol = 0;
        if (SCardConnect((*context)->get(), name.c_str(), SCARD_SHARE_DIRECT, 0, &handle, &protocol) ==
            SCARD_S_SUCCESS) {
            slot.usb = usb_address(handle);
            SCardDisconnect(handle, SCARD_LEAVE_CARD);
        }
        slots.push_back(std::move(slot));
    }
    return slots;
}

} // namespace kaomon::card::pcsc
