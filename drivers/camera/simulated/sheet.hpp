// Something flat with a picture on it, held before the camera: a print, a telephone.
#pragma once

#include "drivers/camera/simulated/behaviour.hpp"
#include "drivers/camera/simulated/canvas.hpp"

namespace kaomon::camera::simulated {

// The room behind the sheet: the still's own colours, blurred and dimmed. Reentrant.
Canvas room(const Canvas& still);

// Draws the sheet with `content` on it into `shown`, which begins as the room; its middle part, upright, with
// the border of a print or the bezel and the pixels of a screen. Reentrant.
void show_sheet(const Canvas& content, Presentation instrument, const Gesture& gesture, Canvas& shown);

} // namespace kaomon::camera::simulated
