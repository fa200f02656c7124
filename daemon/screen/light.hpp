// The colours that the patient screen shows one after the other, so that a living face before a running
// camera answers them (daemon/decisions/0036).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace kaomon::screen {

struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0; // sRGB, as a screen is told
    friend bool operator==(const Colour&, const Colour&) = default;
};

inline constexpr std::size_t light_steps = 6;
using Light = std::array<Colour, light_steps>;

// Every order that may be drawn: of four colours no two alike in a row, and each of the four is there. All
// have one luminance, and none is a saturated red: whatever order they come in, there is neither a general
// nor a red flash as WCAG 2.2, success criterion 2.3.1, has them; a test works it out. Reentrant.
std::span<const Light> every_light();

// One of them. `random`: from the operating system, fresh for each visit. Reentrant.
const Light& drawn_light(std::uint64_t random);

} // namespace kaomon::screen
