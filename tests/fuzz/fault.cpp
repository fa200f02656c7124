#include "drivers/fault/fault.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    const auto fault = kaomon::fault::parse_fault(line);
    if (!fault)
        return 0;
    using kaomon::fault::Verb;
    const bool takes_argument = fault->verb == Verb::slow || fault->verb == Verb::error;
    if (takes_argument != fault->argument.has_value() || size > kaomon::fault::longest_line)
        std::abort();
    return 0;
}
