// A camera behind the kernel's V4L2: any UVC webcam.
#pragma once

#include "drivers/camera/camera.hpp"

namespace kaomon::camera::v4l2 {

struct Settings {
    std::string device;        // an id of scan(), or a path; empty: the first camera there is
    int width = 640;           // pixels, asked for: the nearest size on offer is taken
    int height = 480;          // pixels
    int rate = 30;             // frames per second, asked for, 1..120
    Milliseconds budget{1000}; // for one ioctl: a camera that takes longer is about to hang
};

// Never fails: whether there is a camera shows at open(). The camera is thread-safe.
std::unique_ptr<Camera> make_v4l2_camera(Settings settings);

} // namespace kaomon::camera::v4l2
