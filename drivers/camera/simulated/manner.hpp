// How somebody before the camera behaves: the numbers of one presentation and one seed.
//
// Where they come from, for a calm adult who sits:
// - sway: the head's standard deviation in quiet sitting is 1.0 to 1.4 degrees in the three planes (L.
// Peeters,
//   doctoral thesis, chapter 3, p. 64: twice the largest is 2.24, 2.80 and 2.02). A trunk that sways by a
//   degree about the seat shifts the head, 60 cm above it, by 10 mm. Here 0.5 to 2 degrees and 2 to 10 mm of
//   amplitude.
// - blinks: 8 to 21 a minute in primary gaze and silence, 10.5 to 32.5 in conversation (M. J. Doughty, Optom.
// Vis.
//   Sci. 78 (2001) 712; 95 % intervals); 17 at rest, 26 in conversation, no effect of age (A. R. Bentivoglio
//   et al., Mov. Disord. 12 (1997) 1028, 150 people). Here 10 to 20.
// - lids: 100 to 400 ms (P. P. Caffier et al., Eur. J. Appl. Physiol. 89 (2003) 319); about half of the
// blinks of a
//   healthy eye do not close it wholly (G. W. Ousler et al., Clin. Ophthalmol. 8 (2014) 869: 52.9 %); lids
//   over 50 are slower (C. Sforza et al., Ophthalmic Physiol. Opt. 28 (2008) 345).
// - breath: 12 to 18 a minute, 1 to 2 mm at the head.
// - reaction to words or an arrow, until the head begins to move: 0.5 to 1.2 s, for an old person 1.0 to 2.5
// s. A
//   choice among four takes 0.6 to 0.9 s and lengthens with age (G. Der, I. J. Deary, Psychol. Aging 21
//   (2006) 62); the rest is for reading.
// Settling at the desk (15 to 50 mm nearer in the first one or two seconds), and how far and fast a person
// turns who is asked to, are our own estimates. So is all of `old` beyond lids and reaction.
#pragma once

#include "drivers/camera/presentation.hpp"

#include <cstdint>

namespace kaomon::camera::simulated {

inline constexpr double eye_distance_mm = 63; // the unit of a head
inline constexpr double head_far = 9;         // of the camera, units: 57 cm

struct Range {
    double low = 0, high = 0;
    double at(double share) const noexcept { return low + (high - low) * share; }
};

struct Manner {
    double yaw = 0, pitch = 0, roll = 0;       // radians: amplitude of the sway
    double right = 0, down = 0, nearer = 0;    // units
    double hertz = 0.3;                        // of the sway in yaw; the others are near it
    double breath = 0, breath_hertz = 0.25;    // units
    double distance = 1;                       // usual distance over this one's
    double settling = 0, settling_seconds = 1; // units that it is farther at first; until it has come near
    double blinks = 0;                         // a minute
    Range closing{}, closed{}, opening{};      // seconds
    double whole_blinks = 1;                   // share of the blinks that close the eye wholly
    double speech = 0;                         // share of the time
    Range reaction{}, movement{};              // to a request; until the head is there: seconds
    Range turn{}, nod{}, approach{};           // how far: radians, radians, units
};

// Of the head: a bona fide one, or the one of the recordings. Reentrant.
Manner manner_of(Presentation presentation, std::uint64_t seed);

} // namespace kaomon::camera::simulated
