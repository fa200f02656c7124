// A camera for machines that have none: stills played as if a camera looked at the person.
#pragma once

#include "drivers/camera/camera.hpp"
#include "drivers/camera/presentation.hpp"
#include "drivers/fault/fault.hpp"

#include <filesystem>
#include <vector>

namespace kaomon::camera::simulated {

// Which still a lease shows. A cut between two would look like a spliced feed, so nothing but `fade` changes
// it in the middle.
enum class Play : std::uint8_t {
    first, // always the first
    turns, // every lease the next one: another person at the desk
    fade,  // all, `hold` each, one fading into the other
};

struct Settings {
    std::vector<std::filesystem::path>
        stills;             // JPEG files, with or without a part and eyes (canvas.hpp); at least one
    int width = 640;        // pixels, 160..4096, even
    int height = 480;       // pixels, 120..4096
    int rate = 30;          // frames per second, 1..120
    std::uint64_t seed = 1; // the same seed, lease and frame number: the same frame to the last bit
    std::filesystem::path fault_fifo{}; // made when it is not there; empty: none. Language: drivers/fault
    PixelFormat format = PixelFormat::mjpeg;
    Play play = Play::first;
    Milliseconds hold{10'000};
    Presentation presentation = Presentation::calm;
    Attacker attacker = Attacker::unaware; // who holds it, where it is an attack
};

// The person before it can be told, and lit, as by the fault language: with the next frame. Thread-safe.
class SimulatedCamera : public Camera {
  public:
    virtual void ask(fault::Ask what) = 0;
    virtual void light(const fault::Rgb& colour) = 0; // what the patient's screen shows from now on
};

// Has at most one lease at a time (a second one: camera_busy), as a real camera. Reason: config_invalid.
Result<std::unique_ptr<SimulatedCamera>> make_simulated_camera(const Settings& settings);

} // namespace kaomon::camera::simulated
