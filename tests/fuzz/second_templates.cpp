// Another embedder's templates for an evaluation: any bytes end in units of one size, or in a bad line.
#include "tools/evaluate/second_templates.hpp"

#include <cmath>
#include <cstdlib>

namespace {

void check(const kaomon::SecretVector<float>& unit, std::size_t size) {
    double squares = 0;
    for (const float number : unit)
        squares += static_cast<double>(number) * static_cast<double>(number);
    if (!unit.empty() && (unit.size() != size || !(std::abs(squares - 1) < 1e-3)))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto made = kaomon::evaluate::parse_second_templates({reinterpret_cast<const char*>(data), size});
    if (!made) {
        if (made.error().line == 0 || made.error().what.empty())
            std::abort();
        return 0;
    }
    for (const auto& [line, image] : made->images) {
        check(image.live, made->size);
        check(image.card, made->size);
    }
    return 0;
}
