// How a head, or a sheet, is held at one moment.
#pragma once

namespace kaomon::camera::simulated {

struct Gesture {
    float yaw = 0, pitch = 0, roll = 0; // radians; yaw > 0: towards the picture's right, pitch > 0: down
    float right = 0, down = 0; // shift, in units of what moves (eye distances; half a sheet's height)
    float scale = 1;           // usual distance over this one: how much larger what is at depth 0 is seen
    float closure = 0;         // of the eyelids, 0 open, 1 closed
    float mouth = 0;           // of the lips, 0 closed, 1 open as wide as speech opens them

    // One movement on top of another.
    Gesture& operator+=(const Gesture& other) noexcept {
        yaw += other.yaw, pitch += other.pitch, roll += other.roll;
        right += other.right, down += other.down;
        scale *= other.scale;
        closure = closure > other.closure ? closure : other.closure;
        mouth = mouth > other.mouth ? mouth : other.mouth;
        return *this;
    }
};

} // namespace kaomon::camera::simulated
