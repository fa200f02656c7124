// The frame that the benchmarks of the face begin with.
#pragma once

#include "drivers/camera/frame.hpp"

namespace kaomon::bench {

// A portrait cut to 640 x 480 and compressed as a UVC camera does it: MJPEG, 4:2:2. Throws std::runtime_error
// with the command to run where the demo photographs are missing.
camera::Frame mjpeg_frame();

} // namespace kaomon::bench
