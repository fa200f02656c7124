// Plain figures of a picture: how bright, how coloured, how noisy.
#pragma once

#include "drivers/base/image.hpp"

namespace kaomon::choose {

// RGB pictures (three channels), not empty. All reentrant.
double mean_luminance(const Image& picture);  // 0..255
double colourful_share(const Image& picture); // pixels whose channels differ by more than 8 levels, 0..1
// Standard deviation of one picture's noise in grey levels, from the difference of two of one size that
// follow each other: by its median, so that what moved counts little; less than half a level cannot
// be told. 0 where the sizes differ.
double noise_between(const Image& before, const Image& after);

} // namespace kaomon::choose
