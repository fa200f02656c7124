// Findings on paper.
#pragma once

#include "tools/finding/finding.hpp"
#include "tools/page/page.hpp"

#include <span>

namespace kaomon::page {

Mark mark_of(Standing standing) noexcept;
// A table: item, result, expected, seen.
void add_findings(Page& page, Language language, const Text& caption, std::span<const Finding> findings);

} // namespace kaomon::page
