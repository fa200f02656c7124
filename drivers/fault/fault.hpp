// One little command language for the faults of a simulated card and a simulated camera.
//
//   insert      a card is put down
//   pull        the card is taken away
//   mute        no answer, no frame any more
//   slow MS     every answer, every frame that late
//   error SW|N  answered with that error
//   black       the camera delivers black frames
//   freeze      the camera delivers one and the same frame
//   unplug      the reader or the camera is pulled out
//   plug        and plugged in again
//   clear       all faults end, those that wait too
//   ask WHAT    the person before the camera is asked for a movement: left, right, up, down (of the head,
//   left
//               and right the person's own), closer, blink; none: no longer
//   light R G B the patient's screen shows that colour from now on, 0..255 each, as a style sheet's rgb()
//   (sRGB);
//               0 0 0: dark again
//
// Any of them may end with `after N`: the next N command APDUs or frames pass untouched, the fault meets the
// one behind them. Words in lower case, parted by blanks; an empty line and what follows a `#` is nothing.
#pragma once

#include "drivers/base/result.hpp"
#include "proto/words.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kaomon::fault {

enum class Verb : std::uint8_t {
    insert,
    pull,
    mute,
    slow,
    error,
    unplug,
    plug,
    black,
    freeze,
    clear,
    ask,
    light
};
consteval auto words_of(Verb) {
    return in_words("insert", "pull", "mute", "slow", "error", "unplug", "plug", "black", "freeze", "clear",
                    "ask", "light");
}

// What a person can be asked for. Left is the person's own: towards the right of a picture that is not
// mirrored.
enum class Ask : std::uint8_t { left, right, up, down, closer, blink, none };
consteval auto words_of(Ask) {
    return in_words("left", "right", "up", "down", "closer", "blink", "none");
}

using Rgb = std::array<std::uint8_t, 3>; // sRGB

struct Fault {
    Verb verb = Verb::clear;
    // slow: milliseconds, 0..60000 (0 ends it). error: a status word where it was written with four
    // hexadecimal digits (`error 6F00`), else a decimal number of one to three digits (`error 19`: an errno).
    // Empty for the others.
    std::optional<unsigned> argument{};
    unsigned after = 0;  // command APDUs or frames that pass before it applies, 0..1000000
    Ask ask = Ask::none; // of `ask`
    Rgb light{};         // of `light`
    friend bool operator==(const Fault&, const Fault&) = default;
};

inline constexpr std::size_t longest_line = 64; // bytes, without the line's end

// Reads one line without its end. Reason: parameter_invalid (an empty line too). Reentrant.
Result<Fault> parse_fault(std::string_view line);

} // namespace kaomon::fault
