#include "drivers/card/pcsc/features.hpp"

#include <arpa/inet.h>
#include <reader.h>

#include <array>
#include <cstring>

namespace kaomon::card::pcsc {
namespace {

std::size_t little_endian(ByteView bytes) noexcept {
    std::size_t number = 0;
    for (std::size_t i = bytes.size(); i > 0; --i)
        number = number << 8 | bytes[i - 1];
    return number;
}

} // namespace

ReaderProperties parse_properties(ByteView answer) noexcept {
    ReaderProperties found;
    UsbId id;
    while (answer.size() >= 2 && answer[1] + 2U <= answer.size()) {
        const ByteView value = answer.subspan(2, answer[1]);
        if (answer[0] == PCSCv2_PART10_PROPERTY_dwMaxAPDUDataSize && value.size() <= 4)
            found.data_size = little_endian(value);
        if (answer[0] == PCSCv2_PART10_PROPERTY_wIdVendor && value.size() == 2)
            id.vendor = static_cast<std::uint16_t>(little_endian(value));
        if (answer[0] == PCSCv2_PART10_PROPERTY_wIdProduct && value.size() == 2)
            id.product = static_cast<std::uint16_t>(little_endian(value));
        answer = answer.subspan(2 + value.size());
    }
    if (id.vendor != 0)
        found.usb = id;
    return found;
}

ReaderProperties properties_of(SCARDHANDLE handle) {
    std::array<BYTE, 256> reply{};
    DWORD size = 0;
    const auto ask = [&](DWORD control) {
        return SCardControl(handle, control, nullptr, 0, reply.data(), static_cast<DWORD>(reply.size()),
                            &size) == SCARD_S_SUCCESS;
    };
    if (!ask(CM_IOCTL_GET_FEATURE_REQUEST))
        return {};
    for (std::size_t at = 0; at + sizeof(PCSC_TLV_STRUCTURE) <= size; at += sizeof(PCSC_TLV_STRUCTURE)) {
        PCSC_TLV_STRUCTURE feature{};
        std::memcpy(&feature, reply.data() + at, sizeof feature);
        if (feature.tag == FEATURE_GET_TLV_PROPERTIES)
            return ask(ntohl(feature.value)) ? parse_properties({reply.data(), size}) : ReaderProperties{};
    }
    return {};
}

} // namespace kaomon::card::pcsc
