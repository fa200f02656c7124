// A picture made small enough to be shown beside other things.
#pragma once

#include "drivers/base/image.hpp"

namespace kaomon::picture {

// R, G, B of at most `widest` x `highest` pixels: means of squares of pixels, as large as that takes; what of
// the right and lower edge makes no whole square is left out. Reentrant.
Image made_small(const Image& picture, int widest, int highest);

} // namespace kaomon::picture
