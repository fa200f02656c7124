#include "daemon/screen/light.hpp"

#include <algorithm>
#include <vector>

namespace kaomon::screen {
namespace {

// Green, magenta, orange, sky blue: relative luminance 0.46 to 0.48, and as far apart in red and blue against
// green as that allows.
constexpr std::array<Colour, 4> palette{{{0, 211, 0}, {255, 137, 255}, {255, 162, 56}, {0, 196, 255}}};

void add_orders(std::vector<Light>& all, Light& light, std::size_t step) {
    if (step == light.size()) {
        const bool each = std::ranges::all_of(
            palette, [&](const Colour& colour) { return std::ranges::find(light, colour) != light.end(); });
        if (each)
            all.push_back(light);
        return;
    }
    for (const Colour& colour : palette) {
        if (step > 0 && light[step - 1] == colour)
            continue;
        light[step] = colour;
        add_orders(all, light, step + 1);
    }
}

} // namespace

std::span<const Light> every_light() {
    static const auto all = [] {
        std::vector<Light> made;
        Light light{};
        add_orders(made, light, 0);
        return made;
    }();
    return all;
}

const Light& drawn_light(std::uint64_t random) {
    const auto all = every_light();
    return all[random % all.size()]; // 600 of 2^64: no order is likelier by more than 1e-16
}

} // namespace kaomon::screen
