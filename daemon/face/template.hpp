// A face as numbers. Biometric: wiped when it goes, never written, sent or printed.
#pragma once

#include "drivers/base/secret.hpp"

#include <array>

namespace kaomon::face {

inline constexpr int template_size = 128; // SFace 2021dec, output fc1

struct TemplateValues {
    std::array<float, template_size> unit{}; // L2 norm 1
    float norm = 0; // length before normalisation: predicts how well this template compares (models.md 2.5)
};

using Template = Secret<TemplateValues>;

} // namespace kaomon::face
