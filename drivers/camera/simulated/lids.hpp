// When somebody blinks, and how far the lids are down: a pure function of seed and time.
#pragma once

#include "drivers/camera/simulated/manner.hpp"

namespace kaomon::camera::simulated {

// Of one blink that began so many seconds ago: 0 open, 1 closed. Reentrant.
float lid_course(double since, double closing, double closed, double opening) noexcept;

// One blink in each stretch of 60 s over their number a minute, somewhere in it. Reentrant.
class Lids {
  public:
    Lids(const Manner& manner, std::uint64_t seed);
    float closure(double seconds) const; // 0 open, 1 closed

  private:
    Range closing_, closed_, opening_;
    double between_, whole_, begun_; // seconds; share; of the first stretch, how much has passed
    std::uint64_t seed_;
};

} // namespace kaomon::camera::simulated
