// What stands before the lens at the time of a frame: the still itself, the head made of it, or the sheet
// with it.
#pragma once

#include "drivers/camera/simulated/behaviour.hpp"
#include "drivers/camera/simulated/canvas.hpp"

namespace kaomon::camera::simulated {

// Thread-bound. Keeps a canvas to draw on.
class Performance {
  public:
    Performance(Presentation presentation, std::uint64_t seed)
        : presentation_(presentation), behaviour_(presentation, seed) {}
    // The number of the frame whose content the nth frame has: another one when a clip comes round again.
    std::uint64_t content(std::uint64_t number) const noexcept;
    // Valid until the next call. A still that does not know its eyes stays as it is under live and calm.
    const Canvas& at(const Canvas& still, double seconds);
    const Canvas& at(const Canvas&& still, double seconds) = delete; // it may be what is returned

  private:
    Presentation presentation_;
    Behaviour behaviour_;
    Canvas shown_, clip_;
};

} // namespace kaomon::camera::simulated
