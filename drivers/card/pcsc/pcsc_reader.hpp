// The card reader behind the PC/SC service (pcscd).
#pragma once

#include "drivers/card/reader.hpp"

#include <memory>
#include <string>

namespace kaomon::card::pcsc {

struct Settings {
    // The reader whose PC/SC name fits; several parts between '*' (reader_name.hpp has the rule). Empty: of
    // all readers the one on which a card was put last.
    std::string reader;
    // Bytes to ask for in one READ BINARY, 1..65535, as `kaomon-clinic choose measure` found that this reader
    // takes; never more than quirks.hpp allows it. 0: 256, or more where reader and card both announce it.
    std::size_t read_block = 0;
};

// Never fails: a service that is down is a state. open() needs a state seen before: wait() comes first. While
// a transaction is open, a card put on another reader changes nothing. A reader_busy names the process that
// holds the reader, where the kernel names it.
std::unique_ptr<Reader> make_reader(Settings settings);
inline std::unique_ptr<Reader> make_reader(std::string name) {
    return make_reader(Settings{.reader = std::move(name)});
}

} // namespace kaomon::card::pcsc
