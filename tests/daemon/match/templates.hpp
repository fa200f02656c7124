// Templates made up for tests: directions in a plane of the 128 dimensions.
#pragma once

#include "daemon/face/template.hpp"

#include <cmath>
#include <numbers>

namespace kaomon::match {

// Two of these have the cosine of the difference of their angles.
inline face::Template at_angle(double degrees, float norm = 12) {
    face::Template made;
    const double radians = degrees * std::numbers::pi / 180;
    made.get().unit[3] = static_cast<float>(std::cos(radians));
    made.get().unit[77] = static_cast<float>(std::sin(radians));
    made.get().norm = norm;
    return made;
}

} // namespace kaomon::match
