// Who or what is held before the simulated camera: a person, or an instrument of attack (ISO/IEC 30107-1).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kaomon::camera::simulated {

enum class Presentation : std::uint8_t {
    live,   // a head that turns, nods, blinks, breathes, comes nearer: needs the still's eyes (canvas.hpp)
    calm,   // the same head, nearly still and without blinking: a patient who looks at nothing but the camera
    flat,   // the still as a print, held; its border is seen
    bent,   // the print bent around an upright axis, and turned
    turned, // the print turned and tilted by up to 30 degrees, and moved
    screen, // the still on a telephone: bezel, and the moiré of its pixels under the camera's
    video,  // a clip of the live head on that screen
    loop,   // the live head as a clip of 25 frames, injected over and over
    frozen, // one frame of it, over and over
};

struct PresentationWord {
    Presentation presentation;
    std::string_view word;
};
inline constexpr std::array presentations{
    PresentationWord{Presentation::live, "live"},     PresentationWord{Presentation::calm, "calm"},
    PresentationWord{Presentation::flat, "flat"},     PresentationWord{Presentation::bent, "bent"},
    PresentationWord{Presentation::turned, "turned"}, PresentationWord{Presentation::screen, "screen"},
    PresentationWord{Presentation::video, "video"},   PresentationWord{Presentation::loop, "loop"},
    PresentationWord{Presentation::frozen, "frozen"},
};

constexpr bool bona_fide(Presentation presentation) noexcept {
    return presentation == Presentation::live || presentation == Presentation::calm;
}
constexpr std::optional<Presentation> presentation_from_word(std::string_view word) noexcept {
    for (const auto& one : presentations) {
        if (one.word == word)
            return one.presentation;
    }
    return std::nullopt;
}

} // namespace kaomon::camera::simulated
