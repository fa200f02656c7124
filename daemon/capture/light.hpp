// The patient screen's light, as the face's part of a visit knows it.
#pragma once

#include "daemon/liveness/detector.hpp"

#include <vector>

namespace kaomon::capture {

struct Light {
    bool available = false;                 // a screen is there that can and may show colours
    std::vector<liveness::FlashStep> shown; // so far; empty: none, or it broke off
};

} // namespace kaomon::capture
