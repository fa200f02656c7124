// The look of every page.
#pragma once

#include <string_view>

namespace kaomon::page {

extern const std::string_view page_style;

} // namespace kaomon::page
