// A reader that reports every exchange through it.
#pragma once

#include "drivers/card/reader.hpp"
#include "drivers/card/trace/line.hpp"

#include <functional>

namespace kaomon::card::trace {

using Sink = std::function<void(const Line&)>;

// Passes everything on to `reader`; `sink` is called behind each exchange, on the card thread. Threads as of
// Reader.
std::unique_ptr<Reader> make_tracing_reader(std::unique_ptr<Reader> reader, Sink sink);

} // namespace kaomon::card::trace
