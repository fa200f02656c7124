#include "drivers/card/pcsc/features.hpp"

#include "drivers/card/pcsc/extended_length.hpp"

#include <arpa/inet.h>
#include <reader.h>

#include <array>
#include <cstring>

namespace kaomon::card::pcsc {

std::size_t announced_data_size(SCARDHANDLE handle) {
    std::array<BYTE, 256> reply{};
    DWORD size = 0;
    const auto ask = [&](DWORD control) {
        return SCardControl(handle, control, nullptr, 0, reply.data(), static_cast<DWORD>(reply.size()),
                            &size) == SCARD_S_SUCCESS;
    };
    if (!ask(CM_IOCTL_GET_FEATURE_REQUEST))
        return 0;
    for (std::size_t at = 0; at + sizeof(PCSC_TLV_STRUCTURE) <= size; at += sizeof(PCSC_TLV_STRUCTURE)) {
        PCSC_TLV_STRUCTURE feature{};
        std::memcpy(&feature, reply.data() + at, sizeof feature);
        if (feature.tag == FEATURE_GET_TLV_PROPERTIES)
            return ask(ntohl(feature.value)) ? reader_data_size({reply.data(), size}) : 0;
    }
    return 0;
}

} // namespace kaomon::card::pcsc
