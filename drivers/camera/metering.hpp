// Exposure by the face. A camera meters the whole picture, so before a window it makes the face dark.
#pragma once

#include "drivers/camera/camera.hpp"

#include <optional>

namespace kaomon::camera {

// Decides, sets nothing. Pure function of what it was told. Thread-bound.
class Metering {
  public:
    explicit Metering(ExposureRange range) noexcept : range_(range) {}

    // The mean luminance (0..255) of the face in the newest frame, nothing where there is none. The stops to
    // set, if that changes: half a stop at most, and not before the last change shows (200 ms). A face
    // between 85 and 170 is well lit and changes nothing; two seconds without a face give the choice back to
    // the camera.
    std::optional<float> next(std::optional<float> face_luminance, Instant captured) noexcept;

  private:
    ExposureRange range_;
    float stops_ = 0;
    std::optional<Instant> changed_, seen_;
};

} // namespace kaomon::camera
