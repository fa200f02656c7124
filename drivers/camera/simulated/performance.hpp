// What stands before the lens at the time of a frame: the still itself, the head made of it, or the sheet
// with it.
#pragma once

#include "drivers/camera/simulated/behaviour.hpp"
#include "drivers/camera/simulated/canvas.hpp"
#include "drivers/camera/simulated/head.hpp"
#include "drivers/camera/simulated/light.hpp"

#include <optional>

namespace kaomon::camera::simulated {

// Thread-bound. Keeps a canvas to draw on.
class Performance {
  public:
    Performance(Presentation presentation, std::uint64_t seed, Attacker attacker = Attacker::unaware);
    // The number of the frame whose content the nth frame has: another one when a clip comes round again.
    std::uint64_t content(std::uint64_t number) const noexcept;
    // Requests in the order of their time, seconds from the begin.
    void ask(fault::Ask what, double seconds) { behaviour_.ask(what, seconds); }
    // The colour of the patient's screen from now on; black: dark.
    void light(const Rgb& colour);
    // Valid until the next call. A still that does not know its eyes stays as it is where a head is wanted.
    const Canvas& at(const Canvas& still, double seconds);
    const Canvas& at(const Canvas&& still, double seconds) = delete; // it may be what is returned

  private:
    const Canvas& person(const Canvas& still, double seconds);
    void head_on(Canvas& on, const Canvas& still, const Gesture& gesture, Worn worn = Worn::nothing);

    Presentation presentation_;
    Behaviour behaviour_;
    double strength_; // of the lamp, as a share of the room's light
    Rgb colour_{};
    std::optional<Lamp> lamp_;
    Canvas shown_, content_, room_;
    const Canvas* room_of_ = nullptr; // the still that room_ is made of
};

// Low in the picture, or where the still has it. Reentrant.
Seat seat_of(Presentation presentation) noexcept;

} // namespace kaomon::camera::simulated
