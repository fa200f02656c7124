// What a reader says about itself by the features of PC/SC part 10.
#pragma once

#include <winscard.h>

#include <cstddef>

namespace kaomon::card::pcsc {

// dwMaxAPDUDataSize in bytes; 0 where the reader has no such feature or says nothing. Thread-bound.
std::size_t announced_data_size(SCARDHANDLE handle);

} // namespace kaomon::card::pcsc
