// Where pictures come from.
#pragma once

#include "proto/words.hpp"

#include <cstdint>

namespace kaomon::camera {

enum class Source : std::uint8_t { v4l2, simulated };
consteval auto words_of(Source) {
    return in_words("v4l2", "simulated");
}

} // namespace kaomon::camera
