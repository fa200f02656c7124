#include "drivers/camera/simulated/performance.hpp"

#include "drivers/camera/simulated/motion.hpp"
#include "drivers/camera/simulated/sheet.hpp"

namespace kaomon::camera::simulated {
namespace {

constexpr std::uint64_t clip_length = 25;         // frames
constexpr Seat low{.down = 0.2F, .scale = 0.85F}; // of a child: eyes below the middle, 55 mm apart

bool injected(Presentation presentation) {
    return presentation >= Presentation::loop;
}
bool is_recording(Presentation presentation) {
    return presentation == Presentation::video || presentation == Presentation::telephone;
}

double strength_of(std::uint64_t seed) {
    seed ^= 0x6c616d70; // another number than the behaviour's
    return Range{weakest_lamp, strongest_lamp}.at(next_share(seed));
}

} // namespace

Performance::Performance(Presentation presentation, std::uint64_t seed, Attacker attacker)
    : presentation_(presentation), behaviour_(presentation, seed, attacker), strength_(strength_of(seed)) {}

std::uint64_t Performance::content(std::uint64_t number) const noexcept {
    if (presentation_ == Presentation::loop)
        return number % clip_length;
    return presentation_ == Presentation::frozen ? 0 : number;
}

void Performance::light(const Rgb& colour) {
    if (colour == colour_)
        return;
    colour_ = colour;
    lamp_.reset();
    if (colour == Rgb{} || injected(presentation_))
        return;
    const bool paper = presentation_ >= Presentation::flat && !is_screen(presentation_);
    const bool glass = is_screen(presentation_);
    lamp_.emplace(colour, glass ? 0 : strength_, glass ? mirror_of_glass : paper ? mirror_of_paper : 0);
}

void Performance::head_on(Canvas& on, const Canvas& still, const Gesture& gesture, Worn worn) {
    on = still;
    show_head(still, gesture, on, worn);
}

const Canvas& Performance::person(const Canvas& still, double seconds) {
    if (!still.eyes && !lamp_)
        return still;
    head_on(shown_, still, behaviour_.head(seconds),
            presentation_ == Presentation::glasses ? Worn::glasses : Worn::nothing);
    if (presentation_ == Presentation::backlit)
        put_before_window(shown_);
    if (lamp_)
        shine(shown_, *lamp_);
    return shown_;
}

const Canvas& Performance::at(const Canvas& still, double seconds) {
    if (bona_fide(presentation_) || injected(presentation_))
        return person(still, seconds);
    if (room_of_ != &still) {
        room_ = room(still);
        room_of_ = &still;
    }
    shown_ = room_;
    Sheet sheet{.instrument = presentation_,
                .content = is_recording(presentation_) ? content_ : still,
                .behind = presentation_ == Presentation::cutout ? &content_ : nullptr,
                .lamp = lamp_ ? &*lamp_ : nullptr};
    if (is_recording(presentation_))
        head_on(content_, still, behaviour_.head(seconds));
    else if (sheet.behind != nullptr)
        head_on(content_, still, behaviour_.behind(seconds));
    show_sheet(sheet, behaviour_.hand(seconds), shown_);
    return shown_;
}

Seat seat_of(Presentation presentation) noexcept {
    return presentation == Presentation::child ? low : Seat{};
}

} // namespace kaomon::camera::simulated
