// What a head, or the hand that holds a print, does in the course of time: a pure function of seed and time.
#pragma once

#include "drivers/camera/presentation.hpp"

#include <array>

namespace kaomon::camera::simulated {

struct Gesture {
    float yaw = 0, pitch = 0, roll = 0; // radians; yaw > 0: towards the picture's right, pitch > 0: down
    float right = 0, down = 0; // shift, in units of what moves (eye distances; half a sheet's height)
    float scale = 1;
    float closure = 0; // of the eyelids, 0 open, 1 closed
};

// Reentrant.
class Behaviour {
  public:
    Behaviour(Presentation presentation, std::uint64_t seed);
    // Of the head. One blink in every 2.5 seconds, 230 ms long; none when calm.
    Gesture head(double seconds) const;
    // Of the hand with the sheet.
    Gesture hand(double seconds) const;

  private:
    Presentation presentation_;
    std::uint64_t seed_;
    std::array<double, 8> phase_{};
    double wave(std::size_t which, double hertz, double seconds) const; // -1..1
    float closure(double seconds) const;
};

} // namespace kaomon::camera::simulated
