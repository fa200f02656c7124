// A certificate file, and the record of one: any bytes end in certificates or a trouble; a record read is
// printed back.
#include "tools/clinic/certificate/assessment.hpp"
#include "tools/clinic/certificate/record.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::certificate;
    using namespace std::chrono;
    if (const auto record = parse_record({reinterpret_cast<const char*>(data), size});
        record && parse_record(print(*record)).value_or(Record{}) != *record)
        std::abort();
    const auto found = read({data, size}, std::nullopt);
    if (!found)
        return 0;
    for (const auto& one : *found) {
        if (one.purpose.ja.empty() || assess(one, 2026y / November / 24, std::nullopt).sentences.empty())
            std::abort();
    }
    return 0;
}
