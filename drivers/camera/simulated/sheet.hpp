// Something flat with a picture on it, held before the camera: a print, a telephone.
#pragma once

#include "drivers/camera/presentation.hpp"
#include "drivers/camera/simulated/canvas.hpp"
#include "drivers/camera/simulated/gesture.hpp"
#include "drivers/camera/simulated/light.hpp"

namespace kaomon::camera::simulated {

// The room behind the sheet: the still's own colours, blurred and dimmed. Reentrant.
Canvas room(const Canvas& still);

// A screen shows its own light, paper that of the room.
constexpr bool is_screen(Presentation instrument) noexcept {
    return instrument >= Presentation::screen && instrument <= Presentation::telephone;
}

// What is held there.
struct Sheet {
    Presentation instrument;
    const Canvas& content;
    const Canvas* behind = nullptr; // seen through holes where the content has its eyes; none: no holes
    const Lamp* lamp = nullptr;     // that shines on it; none: dark
};

// Draws the sheet into `shown`, which begins as the room; the middle part of its content, upright, with the
// border of a print or the bezel and the pixels of a screen. Reentrant.
void show_sheet(const Sheet& sheet, const Gesture& gesture, Canvas& shown);

} // namespace kaomon::camera::simulated
