#include "daemon/liveness/watch.hpp"

#include "daemon/liveness/detectors.hpp"

#include <algorithm>

namespace kaomon::liveness {

Watch::Watch() : detectors_(make_detectors()) {}

void Watch::add(const Image& picture, const std::optional<face::Observation>& face, Instant captured,
                std::uint64_t sequence) {
    const bool another = continuity_.broken_by(face, captured);
    const FaceCrop crop = face ? cut_face(picture, *face) : FaceCrop{};
    for (const auto& detector : detectors_) {
        if (another)
            detector->reset_for_new_face();
        detector->add_frame(picture, captured, sequence);
        if (!crop.empty())
            detector->add_face({picture, *face, crop, captured});
    }
}

void Watch::photograph(const Image& picture, const face::Observation& face) {
    const FaceCrop crop = cut_face(picture, face);
    for (const auto& detector : detectors_)
        detector->photograph(crop);
}

void Watch::exposed(Instant when) noexcept {
    for (const auto& detector : detectors_)
        detector->exposed(when);
}

void Watch::screen(std::span<const FlashStep> shown) {
    for (const auto& detector : detectors_)
        detector->screen(shown);
}

std::vector<Evidence> Watch::evidence() const {
    std::vector<Evidence> all;
    all.reserve(kind_count);
    for (const auto& detector : detectors_)
        std::ranges::copy(detector->evidence(), std::back_inserter(all));
    return all;
}

void Watch::asked(const Request& request) {
    for (const auto& detector : detectors_)
        detector->asked(request);
}

Answer Watch::answer() const {
    for (const auto& detector : detectors_) {
        if (const Answer one = detector->answer(); one != Answer::none)
            return one;
    }
    return Answer::none;
}

bool Watch::busy() const {
    return std::ranges::any_of(detectors_, [](const auto& one) { return one->busy(); });
}

int Watch::mirrored() const {
    int all = 0;
    for (const auto& detector : detectors_)
        all += detector->mirrored();
    return all;
}

void Watch::another_face() {
    continuity_.forget();
    for (const auto& detector : detectors_)
        detector->reset_for_new_face();
}

} // namespace kaomon::liveness
