#include "daemon/liveness/watch.hpp"

#include "daemon/liveness/detectors.hpp"

#include <algorithm>

namespace kaomon::liveness {
namespace {

constexpr Milliseconds one_request{4000};

} // namespace

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

void Watch::interrupted() {
    continuity_ = {};
    for (const auto& detector : detectors_)
        detector->reset_for_new_face();
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

std::optional<Reason> Watch::request(std::span<const Kind> required) const {
    const auto lasted = continuity_.lasted();
    if (!lasted)
        return std::nullopt;
    std::vector<Reason> requests;
    for (const Evidence& one : evidence()) {
        const auto& request = describe(one.kind).request;
        const bool demanded = std::ranges::find(required, one.kind) != required.end();
        if (request && demanded && one.outcome == Outcome::not_assessed)
            requests.push_back(*request);
    }
    if (requests.empty())
        return std::nullopt;
    return requests[static_cast<std::size_t>(*lasted / one_request) % requests.size()];
}

} // namespace kaomon::liveness
