// Names of readers, as PC/SC has them: "maker model [slot] (serial number) 00 00".
#pragma once

#include <string_view>

namespace kaomon::card::pcsc {

// Whether a reader's name fits a pattern: parts between '*' that stand in it in this order, anywhere; empty
// fits all; case counts. (No '?' and no brackets: PC/SC names are full of them.) Reentrant.
bool name_fits(std::string_view name, std::string_view pattern) noexcept;

} // namespace kaomon::card::pcsc
