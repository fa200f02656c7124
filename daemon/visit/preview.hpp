// What the camera sees, made small for the patient's own screen.
#pragma once

#include "daemon/face/geometry.hpp"
#include "drivers/base/clock.hpp"
#include "drivers/base/image.hpp"

#include <functional>
#include <optional>

namespace kaomon::visit {

struct PreviewFrame {
    SecretBytes jpeg{};              // RGB, 4:2:2, of at most 320 x 240; empty: nobody is looked at any more
    std::optional<face::Box> face{}; // 0..1 of width and height; empty: none is found
};
using PreviewSink = std::function<void(PreviewFrame)>;

// At most 10 frames a second, and nothing is made while nobody looks. Thread-bound.
class Preview {
  public:
    void show_to(PreviewSink sink) { sink_ = std::move(sink); }
    // `face` in pixels of the picture.
    void next(const Image& picture, const std::optional<face::Box>& face, Instant captured);
    void end();

  private:
    PreviewSink sink_;
    std::optional<Instant> last_; // of this look
};

} // namespace kaomon::visit
