// A recording of exchanges with a card: any bytes end in a recording or a trouble, and what was read prints
// and reads back.
#include "tools/cardtrace/recording.hpp"
#include "tools/cardtrace/words.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = kaomon::cardtrace::parse({reinterpret_cast<const char*>(data), size});
    if (!read)
        return 0;
    kaomon::cardtrace::Interpreter interpreter;
    for (const auto& line : read->lines) {
        if (interpreter.command(line).ja.empty())
            std::abort();
        (void)kaomon::cardtrace::status(line);
    }
    const auto again = kaomon::cardtrace::parse(kaomon::cardtrace::print(*read));
    if (!again || again->lines != read->lines)
        std::abort();
    return 0;
}
