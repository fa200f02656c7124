// The light of the patient's screen on what is near it.
//
// Diffuse: skin and paper give back the room's light and the screen's in the same colour, so a channel of
// linear light grows by strength * colour. A white screen of 250 cd/m² and 29 x 18 cm, 50 cm away, gives a
// face 50 lx; a room gives it 170 to 330. Hence a strength of 0.15 to 0.3. Two metres behind it there is a
// sixteenth of that. Mirrored: glass gives back 4 % of a light straight before it (Fresnel, index 1.5)
// without a colour of its own, a print 1 %, over the whole sheet; of the sheet's white. A screen shows its
// own light, so nothing of it is diffuse. An injected feed answers with nothing.
#pragma once

#include "drivers/camera/simulated/canvas.hpp"
#include "drivers/fault/fault.hpp"

#include <array>

namespace kaomon::camera::simulated {

using fault::Rgb;

inline constexpr double weakest_lamp = 0.15,
                        strongest_lamp = 0.3; // of a white screen, as a share of the room's light
inline constexpr float mirror_of_glass = 0.04F, mirror_of_paper = 0.01F;

// What the levels of a pixel become in that light. Reentrant.
class Lamp {
  public:
    // Of the screen's colour (sRGB), as shares of the room's light and of the sheet's white.
    Lamp(const Rgb& colour, double strength, float mirrored);
    std::uint64_t on(std::uint64_t pixel) const noexcept;

  private:
    std::array<std::array<std::uint8_t, 256>, 3> levels_{};
};

// On the head and the body below it, where the canvas has its eyes (the whole canvas where it has none), and
// hardly on what is behind. Reentrant.
void shine(Canvas& shown, const Lamp& lamp);

} // namespace kaomon::camera::simulated
