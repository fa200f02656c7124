// What a reader says about itself by the features of PC/SC part 10.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/card/pcsc/quirks.hpp"

#include <winscard.h>

#include <cstddef>
#include <optional>

namespace kaomon::card::pcsc {

struct ReaderProperties {
    std::size_t data_size = 0; // dwMaxAPDUDataSize, bytes; 0: short length only, or it says nothing
    std::optional<UsbId> usb;  // wIdVendor and wIdProduct
};

// Out of the answer to FEATURE_GET_TLV_PROPERTIES (PC/SC part 10, 2.6.14). Reentrant.
ReaderProperties parse_properties(ByteView answer) noexcept;

// Empty where the reader has no such feature. Sends nothing to a card. Thread-bound.
ReaderProperties properties_of(SCARDHANDLE handle);

} // namespace kaomon::card::pcsc
