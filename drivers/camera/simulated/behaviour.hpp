// What a head, or the hand that holds a print, does in the course of time: a pure function of seed, time and
// what was asked for.
#pragma once

#include "drivers/camera/simulated/answers.hpp"
#include "drivers/camera/simulated/lids.hpp"

#include <array>

namespace kaomon::camera::simulated {

// Thread-bound.
class Behaviour {
  public:
    Behaviour(Presentation presentation, std::uint64_t seed, Attacker attacker = Attacker::unaware);
    // Requests in the order of their time, seconds from the begin. Bona fide heads answer, attackers as they
    // can.
    void ask(fault::Ask what, double seconds);
    // Of the head, or of the recording that an instrument shows.
    Gesture head(double seconds) const;
    // Of the hand with the sheet.
    Gesture hand(double seconds) const;
    // Of what is behind the holes of a print: living eyes, a head of its own.
    Gesture behind(double seconds) const;

  private:
    Gesture idle(double seconds) const;                                 // without requests
    double wave(std::size_t which, double hertz, double seconds) const; // -1..1
    float speech(double seconds) const;

    Presentation presentation_;
    Attacker attacker_;
    std::array<double, 14> phase_{};
    Manner manner_;
    Lids lids_;
    Answers answers_;
};

} // namespace kaomon::camera::simulated
