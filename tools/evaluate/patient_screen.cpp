#include "tools/evaluate/patient_screen.hpp"

#include <utility>

namespace kaomon::evaluate {

void PatientScreen::show(std::vector<fault::Rgb> colours, Instant now) {
    if (showing_)
        return;
    colours_ = std::move(colours);
    begun_ = now;
    next_ = 0;
    showing_ = !colours_.empty();
}

std::optional<fault::Rgb> PatientScreen::changes(Instant now) {
    std::optional<fault::Rgb> colour;
    while (showing_ && now >= begun_ + static_cast<int>(next_) * stands) {
        colour = next_ < colours_.size() ? colours_[next_] : fault::Rgb{};
        showing_ = next_ < colours_.size();
        ++next_;
    }
    return colour;
}

std::vector<PatientScreen::Shown> PatientScreen::shown(Instant now) const {
    std::vector<Shown> acknowledged;
    for (std::size_t i = 0; i < colours_.size(); ++i) {
        const Instant since = begun_ + static_cast<int>(i) * stands + acknowledged_after;
        if (i < next_ && since <= now)
            acknowledged.push_back({since, colours_[i]});
    }
    return acknowledged;
}

} // namespace kaomon::evaluate
