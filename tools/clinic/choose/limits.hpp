// Where a figure turns from good to doubtful to bad: every limit of `choose`, with its reason. They are ours;
// no authority sets them.
#pragma once

namespace kaomon::choose {

struct Limit {
    double pass, conditional; // at least or at most this; beyond: don't buy
};

// Readers, milliseconds (medians), smaller is better.
// A person takes half a second for a pause; the reader's share of it must not be felt.
inline constexpr Limit atr_limit{500, 1500};
// USB and a contactless card need 5 to 12; a face visit has about 60 commands.
inline constexpr Limit round_trip_limit{15, 40};
inline constexpr Limit free_data_limit{1500, 3000};
// 106 kbit/s carry at most 13 kB/s: 9 kB take 0.7 s at best. Patients notice from three seconds on.
inline constexpr Limit photo_limit{2000, 4000};
// Bytes of one answer, larger is better: 256 is the largest short one, and what the driver asks for.
inline constexpr Limit block_limit{256, 64};
// Taps: none lost of 50 says that fewer than 6 of 100 are (95 %, rule of three).
inline constexpr int enough_taps = 50;
inline constexpr double lost_share_limit = 0.02; // up to here conditional

// Cameras.
// Frames a second, larger is better: liveness looks at movement, and a second must hold enough good views.
inline constexpr Limit frame_rate_limit{15, 10};
// Milliseconds between frames, 95th percentile of the distance from the median, as a share of the median.
inline constexpr Limit jitter_limit{0.35, 0.8};
inline constexpr Limit first_frame_limit{1500,
                                         4000}; // ms: it runs beside the card, which takes about as long
inline constexpr Limit age_limit{
    100, 1e9}; // ms at delivery; never worse than a condition: the computer has its part in it
// Pixels between the eyes at the stated distance: 60 of ISO/IEC 29794-5 for a probe; below 40 the gate
// refuses.
inline constexpr Limit eyes_limit{60, 40};
inline constexpr Limit sharpness_limit{14, 7}; // as face::Gate::min_sharpness, twice that to have a reserve
// Grey levels between two frames of one scene, standard deviation: where fine structure of a face drowns.
inline constexpr Limit noise_limit{8, 16};
// Share of frames that the quality gate lets pass while a person stands there, larger is better.
inline constexpr Limit gate_limit{0.7, 0.4};     // in normal light
inline constexpr Limit gate_hard_limit{0.4, -1}; // in the dark, before a window: never worse than a condition
// Mean grey level of the face before a bright background, larger is better: the gate ends at 45.
inline constexpr Limit exposure_limit{60, -1};

} // namespace kaomon::choose
