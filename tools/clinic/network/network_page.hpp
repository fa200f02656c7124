// The line's report on paper: what was expected, what was seen, what to tell the carrier.
#pragma once

#include "tools/clinic/network/check.hpp"

#include <span>

namespace kaomon::network {

std::string network_page(const Expectation& line, std::span<const Finding> findings, Language language,
                         Date today);

} // namespace kaomon::network
