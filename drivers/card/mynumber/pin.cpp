#include "drivers/card/mynumber/pin.hpp"

#include <algorithm>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t pin_length = 4; // digits

} // namespace

Result<Pin> Pin::read(const SecretText& text) {
    const auto view = text.view();
    if (view.empty())
        return fail(Reason::pin_missing);
    if (view.size() != pin_length ||
        !std::ranges::all_of(view, [](char c) { return c >= '0' && c <= '9'; })) {
        return fail(Reason::pin_malformed, "not 4 digits");
    }
    return Pin(SecretBytes(view.begin(), view.end()));
}

} // namespace kaomon::card::mynumber
