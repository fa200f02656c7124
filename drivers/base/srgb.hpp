// The curve between levels of sRGB and light (IEC 61966-2-1), both 0..1. Reentrant.
#pragma once

#include <cmath>

namespace kaomon {

inline double light_of_srgb(double level) noexcept {
    return level <= 0.04045 ? level / 12.92 : std::pow((level + 0.055) / 1.055, 2.4);
}
inline double srgb_of_light(double light) noexcept {
    return light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}

} // namespace kaomon
