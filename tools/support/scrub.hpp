// Takes out of a text for strangers what could be somebody's.
#pragma once

#include <string>
#include <string_view>

namespace kaomon::support {

// Nothing of the daemon's writes a number, a name, a picture or a result anywhere; should a line hold one all
// the same it does not leave the house: runs of 10 digits and more (numbers, also in groups of three or
// four), words of 40 letters and digits and more (pictures, results, keys; SHA-256 of models are shortened
// so), and whatever is not ASCII become "[…]". Reentrant.
std::string scrubbed(std::string_view text);

} // namespace kaomon::support
