// The bureaus' rules and the record of steps: any bytes end in a value or a trouble, and with any rules a
// plan can be made.
#include "tools/clinic/introduction/edition.hpp"
#include "tools/clinic/introduction/plan.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::introduction;
    using namespace std::chrono;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto edition = parse_edition(text); edition && parse_edition(print(*edition)) != *edition)
        std::abort();
    const auto record = parse_record(text);
    if (record && parse_record(print(*record)) != *record)
        std::abort();
    if (const auto rules = Bureaus::parse(text)) {
        const auto plan = make_plan(
            *rules, {2027y / April, "愛媛県", kaomon::clinic::InstitutionKind::clinic, 2026y / November / 24},
            {});
        if (!plan || is_closed(plan->steps[4].latest) || is_closed(plan->steps[8].latest))
            std::abort();
    }
    return 0;
}
