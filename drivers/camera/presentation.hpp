// Who or what is held before the simulated camera: a person, or an instrument of attack (ISO/IEC 30107-1).
#pragma once

#include "proto/words.hpp"

#include <cstdint>

namespace kaomon::camera {

enum class Presentation : std::uint8_t {
    live, // a head that turns, nods, blinks, breathes, comes nearer: needs the still's eyes (canvas.hpp)
    calm, // the same head, nearly still and without blinking: a patient who looks at nothing but the camera
    glasses,   // the live head with the rims of glasses on it
    backlit,   // the live head before a window: dark, before something bright
    flat,      // the still as a print, held; its border is seen
    bent,      // the print bent around an upright axis, and turned
    turned,    // the print turned and tilted by up to 30 degrees, and moved
    screen,    // the still on a coarse screen: bezel, and the moiré of its pixels under the camera's
    video,     // a clip of the live head on that screen
    telephone, // the clip on a screen whose pixels are too fine for the camera
    loop,      // the live head as a clip of 25 frames, injected over and over
    frozen,    // one frame of it, over and over
};
consteval auto words_of(Presentation) {
    return in_words("live", "calm", "glasses", "backlit", "flat", "bent", "turned", "screen", "video",
                    "telephone", "loop", "frozen");
}

constexpr bool bona_fide(Presentation presentation) noexcept {
    return presentation < Presentation::flat;
}
} // namespace kaomon::camera
