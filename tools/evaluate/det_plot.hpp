// Detection error trade-off as SVG: false non-match rate against false match rate, both logarithmic.
#pragma once

#include "tools/evaluate/report.hpp"

namespace kaomon::evaluate {

struct NamedCurve {
    std::string name;
    const Curve* curve = nullptr;
};

// A <figure>; rates of nothing lie on the border. Curves are told apart without colour. Reentrant.
std::string det_plot(Language language, const Text& title, std::span<const NamedCurve> curves);

} // namespace kaomon::evaluate
