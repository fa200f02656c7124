// Who or what is held before the simulated camera: a person, or an instrument of attack (ISO/IEC 30107-1).
#pragma once

#include "proto/words.hpp"

#include <cstdint>

namespace kaomon::camera {

// Heads are made of the still and need to know its eyes (canvas.hpp); how each behaves: simulated/manner.hpp.
// Bona fide ones do what they are asked for, after the time a person needs.
enum class Presentation : std::uint8_t {
    calm,            // a patient who sits down and looks at the camera: sways, breathes, blinks, says a word
    live,            // a head that turns, nods and blinks all the time
    glasses,         // the calm head with the rims of glasses on it
    backlit,         // the calm head before a window: dark, before something bright
    child,           // the calm head smaller and low in the picture; so does one in a wheelchair sit
    old,             // sways slowly, blinks seldom and slowly, needs time to do what is asked
    speaking,        // the calm head in conversation: lips move, more blinks
    flat,            // the still as a print, held; its border is seen
    bent,            // the print bent around an upright axis, and turned
    turned,          // the print turned and tilted by up to 30 degrees, and moved
    moved,           // the print shifted and brought nearer and farther, nearly without a turn
    cutout,          // the print with holes where living eyes blink behind
    screen,          // the still on a coarse screen: bezel, and the moiré of its pixels under the camera's
    telephone_still, // the still on a screen whose pixels are too fine for the camera
    video,           // a recording of the live head on the coarse screen
    telephone,       // the recording on the fine one
    loop,            // the recording injected: 25 frames, over and over
    clip,            // the recording injected, longer than any visit
    frozen,          // one frame of it, over and over
};
consteval auto words_of(Presentation) {
    return in_words("calm", "live", "glasses", "backlit", "child", "old", "speaking", "flat", "bent",
                    "turned", "moved", "cutout", "screen", "telephone_still", "video", "telephone", "loop",
                    "clip", "frozen");
}

constexpr bool bona_fide(Presentation presentation) noexcept {
    return presentation < Presentation::flat;
}

// What an attacker makes of a request: nothing, or the answer that the instrument allows: a hand moves the
// print as asked, after the time a person needs; a player of recordings switches within 300 ms to one in
// which the holder does just that.
enum class Attacker : std::uint8_t { unaware, answering };
consteval auto words_of(Attacker) {
    return in_words("unaware", "answering");
}
} // namespace kaomon::camera
