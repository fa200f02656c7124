// A face as numbers. Biometric: wiped when it goes, never written, sent or printed.
#pragma once

#include "drivers/base/secret.hpp"

#include <array>

namespace kaomon::face {

inline constexpr int template_size = 128; // SFace 2021dec, output fc1

struct TemplateValues {
    std::array<float, template_size> unit{}; // L2 norm 1
    // Length before normalisation: predicts how well this template compares. Of press photographs (LFW) 1, 5,
    // 50 and 95 % are below 9.5, 10.3, 12.0 and 13.6.
    float norm = 0;
};

using Template = Secret<TemplateValues>;

} // namespace kaomon::face
