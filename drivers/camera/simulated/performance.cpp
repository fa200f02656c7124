#include "drivers/camera/simulated/performance.hpp"

#include "drivers/camera/simulated/head.hpp"
#include "drivers/camera/simulated/sheet.hpp"

namespace kaomon::camera::simulated {
namespace {

constexpr std::uint64_t clip_length = 25; // frames

} // namespace

std::uint64_t Performance::content(std::uint64_t number) const noexcept {
    if (presentation_ == Presentation::loop)
        return number % clip_length;
    return presentation_ == Presentation::frozen ? 0 : number;
}

const Canvas& Performance::at(const Canvas& still, double seconds) {
    const auto head = [&](Canvas& on) {
        on = still;
        show_head(still, behaviour_.head(seconds), on,
                  presentation_ == Presentation::glasses ? Worn::glasses : Worn::nothing);
        if (presentation_ == Presentation::backlit)
            put_before_window(on);
    };
    switch (presentation_) {
    case Presentation::live:
    case Presentation::calm:
    case Presentation::glasses:
    case Presentation::backlit:
    case Presentation::loop:
    case Presentation::frozen:
        if (!still.eyes)
            return still;
        head(shown_);
        return shown_;
    case Presentation::video:
    case Presentation::telephone:
        head(clip_);
        break;
    case Presentation::flat:
    case Presentation::bent:
    case Presentation::turned:
    case Presentation::screen:
        break;
    }
    const bool clip = presentation_ == Presentation::video || presentation_ == Presentation::telephone;
    shown_ = room(still);
    show_sheet(clip ? clip_ : still, presentation_, behaviour_.hand(seconds), shown_);
    return shown_;
}

} // namespace kaomon::camera::simulated
