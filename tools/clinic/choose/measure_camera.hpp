// Measures a camera with a person standing before it.
#pragma once

#include "daemon/face/gate.hpp"
#include "daemon/face/pipeline.hpp"
#include "drivers/base/clock.hpp"
#include "drivers/camera/camera.hpp"
#include "tools/clinic/choose/camera_facts.hpp"
#include "tools/clinic/choose/guide.hpp"

namespace kaomon::choose {

struct CameraPlan {
    face::Pipeline* pipeline = nullptr; // null: no face is looked at
    face::Gate gate{};
    int opens = 3;             // 1..20
    int timed_frames = 90;     // 2..10,000
    int frames_per_light = 30; // 1..1000
    std::vector<Light> lights{Light::normal, Light::dark, Light::behind};
    int centimetres = 50;
    Milliseconds settle{4'000};    // for the person, and the camera's own exposure, after a change of light
    Milliseconds patience{10'000}; // for a frame
};

// Fills `facts`, which keep what was measured when it ends early (facts.ended). Nothing of a picture stays.
// A camera that offers formats (facts.formats) and none that can be used is measured as that
// (facts.unusable). Reasons: no_camera, camera_busy, camera_unsuitable, camera_silent, camera_error of the
// first open. Thread-bound.
Result<void> measure_camera(camera::Camera& camera, Guide& guide, const CameraPlan& plan, CameraFacts& facts);

} // namespace kaomon::choose
