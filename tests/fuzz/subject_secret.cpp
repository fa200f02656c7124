// Any text as the file of a clinic's secret: it is read, and then gives references, or refused with its
// reason.
#include "drivers/card/mynumber/subject_secret.hpp"

#include <cstddef>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon;
    using card::mynumber::SubjectSecret;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const Date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{30}};
    const auto secret = SubjectSecret::parse(text, today);
    if (!secret) {
        if (secret.error().reason != Reason::subject_secret_unreadable)
            std::abort();
        return 0;
    }
    const std::uint8_t key[] = {1, 2, 3};
    const auto reference = secret->of(SubjectKind::chip_key, key);
    if (reference.previous.has_value() != secret->previous_until().has_value())
        std::abort();
    if (!SubjectSecret::read(secret->exported().view()))
        std::abort();
    return 0;
}
