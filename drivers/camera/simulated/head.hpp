// A living head made of a still: turned, nodding, nearer, blinking, speaking.
#pragma once

#include "drivers/camera/simulated/canvas.hpp"
#include "drivers/camera/simulated/gesture.hpp"

namespace kaomon::camera::simulated {

enum class Worn : std::uint8_t { nothing, glasses };

// Draws the head of `still` (which knows its eyes) with that gesture into `shown`, which begins as a copy of
// it; what is not of the head is left alone. Lids are drawn from the skin above the eye, lips open where a
// mouth usually is. Reentrant.
void show_head(const Canvas& still, const Gesture& gesture, Canvas& shown, Worn worn = Worn::nothing);

// Makes what is not of the head (where the canvas has its eyes) bright, and the head dark. Reentrant.
void put_before_window(Canvas& shown);

} // namespace kaomon::camera::simulated
