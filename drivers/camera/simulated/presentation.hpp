// Who or what is held before the simulated camera: a person, or an instrument of attack (ISO/IEC 30107-1).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kaomon::camera::simulated {

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

struct PresentationWord {
    Presentation presentation;
    std::string_view word;
};
inline constexpr std::array presentations{
    PresentationWord{Presentation::live, "live"},
    PresentationWord{Presentation::calm, "calm"},
    PresentationWord{Presentation::glasses, "glasses"},
    PresentationWord{Presentation::backlit, "backlit"},
    PresentationWord{Presentation::flat, "flat"},
    PresentationWord{Presentation::bent, "bent"},
    PresentationWord{Presentation::turned, "turned"},
    PresentationWord{Presentation::screen, "screen"},
    PresentationWord{Presentation::video, "video"},
    PresentationWord{Presentation::telephone, "telephone"},
    PresentationWord{Presentation::loop, "loop"},
    PresentationWord{Presentation::frozen, "frozen"},
};

constexpr bool bona_fide(Presentation presentation) noexcept {
    return presentation < Presentation::flat;
}
constexpr std::optional<Presentation> presentation_from_word(std::string_view word) noexcept {
    for (const auto& one : presentations) {
        if (one.word == word)
            return one.presentation;
    }
    return std::nullopt;
}

} // namespace kaomon::camera::simulated
