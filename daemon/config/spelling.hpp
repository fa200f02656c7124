// What somebody may have meant who mistyped a name.
#pragma once

#include <span>
#include <string_view>

namespace kaomon::config {

// The nearest of the candidates, if at most two letters or a third of them differ, or only its unit (_ms) is
// missing; empty otherwise. Reentrant.
std::string_view nearest(std::string_view typed, std::span<const std::string_view> candidates);

} // namespace kaomon::config
