#include "drivers/camera/simulated/behaviour.hpp"

#include "drivers/camera/simulated/motion.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kaomon::camera::simulated {
namespace {

constexpr double switching = 0.3;    // seconds until an attacker's player shows the other recording
constexpr double recording = 3.5;    // seconds of it
constexpr double quiet_before = 0.1; // of it, before the turn
constexpr double syllables = 4.3;    // a second

bool held_by_hand(Presentation presentation) {
    return presentation >= Presentation::flat && presentation <= Presentation::cutout;
}

struct Held { // amplitudes of a sheet in a hand
    double yaw, pitch, shift, nearer;
};
Held held(Presentation presentation) {
    if (presentation == Presentation::turned)
        return {0.45, 0.22, 0.06, 0.04};
    if (presentation == Presentation::bent)
        return {0.25, 0.05, 0.06, 0.04};
    if (presentation == Presentation::moved)
        return {0.03, 0.03, 0.20, 0.16};
    return {0.05, 0.05, 0.06, 0.04};
}

} // namespace

Behaviour::Behaviour(Presentation presentation, std::uint64_t seed, Attacker attacker)
    : presentation_(presentation), attacker_(attacker), manner_(manner_of(presentation, seed)),
      lids_(presentation == Presentation::cutout ? manner_of(Presentation::calm, seed) : manner_, seed),
      answers_(manner_, seed) {
    for (double& phase : phase_)
        phase = 2 * std::numbers::pi * next_share(seed);
}

void Behaviour::ask(fault::Ask what, double seconds) {
    if (bona_fide(presentation_) || attacker_ == Attacker::answering)
        answers_.ask(what, seconds);
}

double Behaviour::wave(std::size_t which, double hertz, double seconds) const {
    return std::sin(2 * std::numbers::pi * hertz * seconds + phase_[which]);
}

// Phrases with pauses between them, in them syllables.
float Behaviour::speech(double seconds) const {
    if (manner_.speech <= 0)
        return 0;
    const double phrase = wave(12, 0.21, seconds) - std::cos(std::numbers::pi * manner_.speech);
    if (phrase <= 0)
        return 0;
    const double syllable = 0.5 + 0.5 * wave(13, syllables, seconds),
                 stress = 0.65 + 0.35 * wave(11, 1.3, seconds);
    return static_cast<float>(std::min(1.0, 5 * phrase) * syllable * stress);
}

Gesture Behaviour::idle(double seconds) const {
    const Manner& m = manner_;
    const double hertz = m.hertz, breath = m.breath * wave(10, m.breath_hertz, seconds);
    const double left = std::clamp(1 - seconds / m.settling_seconds, 0.0, 1.0); // of settling at the desk
    const double nearer =
        m.nearer * wave(4, 0.38 * hertz, seconds) - m.settling * left * left * (3 - 2 * left);
    Gesture gesture;
    gesture.yaw =
        static_cast<float>(m.yaw * (0.81 * wave(0, hertz, seconds) + 0.19 * wave(1, 2.45 * hertz, seconds)));
    gesture.pitch = static_cast<float>(
        m.pitch * (0.92 * wave(2, 0.8 * hertz, seconds) + 0.08 * wave(3, 0.93 * hertz, seconds)) +
        0.02 * breath);
    gesture.roll = static_cast<float>(m.roll * wave(5, 0.7 * hertz, seconds));
    gesture.right = static_cast<float>(
        m.right * (0.8 * wave(6, 0.6 * hertz, seconds) + 0.2 * wave(7, 1.9 * hertz, seconds)));
    gesture.down = static_cast<float>(m.down * wave(8, 0.55 * hertz, seconds) + breath);
    gesture.scale = static_cast<float>(m.distance * head_far / (head_far - nearer));
    gesture.closure = lids_.closure(seconds);
    gesture.mouth = speech(seconds);
    gesture.pitch += 0.015F * gesture.mouth;
    return gesture;
}

Gesture Behaviour::head(double seconds) const {
    if (bona_fide(presentation_)) {
        Gesture gesture = idle(seconds);
        gesture += answers_.at(seconds);
        return gesture;
    }
    const auto asked = held_by_hand(presentation_) ? std::nullopt : answers_.due(seconds, switching);
    if (!asked || asked->since >= recording)
        return idle(seconds);
    // Another recording, made before: a cut, then the holder does what is asked.
    Gesture gesture = idle(100 * static_cast<double>(asked->number + 1) + asked->since);
    gesture.yaw *= 0.15F, gesture.pitch *= 0.15F;
    gesture += answers_.course(asked->what, asked->since - quiet_before, asked->number);
    return gesture;
}

Gesture Behaviour::hand(double seconds) const {
    const Held amount = held(presentation_);
    Gesture gesture;
    gesture.yaw = static_cast<float>(amount.yaw * wave(0, 0.31, seconds));
    gesture.pitch = static_cast<float>(amount.pitch * wave(1, 0.23, seconds));
    gesture.roll = static_cast<float>(0.04 * wave(2, 0.37, seconds) + 0.008 * wave(3, 1.9, seconds));
    gesture.right =
        static_cast<float>(amount.shift * wave(4, 0.19, seconds) + 0.004 * wave(5, 2.3, seconds)); // trembles
    gesture.down =
        static_cast<float>(0.67 * amount.shift * wave(6, 0.27, seconds) + 0.004 * wave(7, 2.7, seconds));
    gesture.scale = static_cast<float>(1 + amount.nearer * wave(7, 0.17, seconds));
    if (held_by_hand(presentation_))
        gesture += answers_.at(seconds);
    gesture.closure = 0;
    return gesture;
}

Gesture Behaviour::behind(double seconds) const {
    return {.right = static_cast<float>(0.02 * wave(8, 0.4, seconds)),
            .down = static_cast<float>(0.02 * wave(9, 0.3, seconds)),
            .closure = std::max(lids_.closure(seconds), answers_.at(seconds).closure)};
}

} // namespace kaomon::camera::simulated
