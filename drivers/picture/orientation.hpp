// How a picture has to be turned to stand upright: the tag "orientation" of EXIF (CIPA DC-008, 4.6.4).
#pragma once

#include "drivers/base/image.hpp"

#include <optional>

namespace kaomon::picture {

// 1 to 8, of the body of a JPEG's APP1 segment ("Exif", two zeros, a TIFF file). Empty where it is no EXIF,
// or says nothing that can be: then the picture stays as it is. Reentrant.
std::optional<int> orientation_of(ByteView app1) noexcept;

// The picture as it is meant to be seen. 1 and anything but 2 to 8: as it is. Reentrant.
Image upright(Image image, int orientation);

} // namespace kaomon::picture
