// The card reader behind the PC/SC service (pcscd).
#pragma once

#include "drivers/card/reader.hpp"

#include <memory>
#include <string>

namespace kaomon::card::pcsc {

// `name_part`: the reader whose PC/SC name contains it; empty: the one with a card, else the first.
// Never fails: a service that is down is a state. open() needs a state seen before: wait() comes first.
std::unique_ptr<Reader> make_reader(std::string name_part);

} // namespace kaomon::card::pcsc
