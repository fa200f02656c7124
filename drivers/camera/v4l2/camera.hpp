// A camera behind the kernel's V4L2: any UVC webcam.
#pragma once

#include "drivers/camera/camera.hpp"

#include <filesystem>

namespace kaomon::camera::v4l2 {

struct Settings {
    std::string device;        // an id of scan(), or a path; empty: the first camera there is
    int width = 640;           // pixels, asked for: the nearest size on offer is taken
    int height = 480;          // pixels
    int rate = 30;             // frames per second, asked for, 1..120
    Milliseconds budget{1000}; // for one ioctl: a camera that takes longer is about to hang
    // Also what only a program makes (origin/device_origin.hpp). The camera then says that it is simulated,
    // whichever is plugged in: no result of such a desk is one of a patient.
    bool allow_virtual = false;
    std::filesystem::path record{}; // of the accepted camera (origin/record.hpp); empty: any will do
    std::filesystem::path sysfs = "/sys";
};

// Never fails: whether there is a camera, and one that may be used, shows at open(), whose reasons are those
// of admit() (admission.hpp) too. The camera is thread-safe.
std::unique_ptr<Camera> make_v4l2_camera(Settings settings);

} // namespace kaomon::camera::v4l2
