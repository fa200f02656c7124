#include "tools/clinic/rehearse/sitter.hpp"

#include "daemon/face/gate.hpp"
#include "tools/clinic/rehearse/viewer.hpp"

#include <algorithm>

namespace kaomon::rehearse {
namespace {

card::simulated::Crop portrait_of(const Image& picture, const face::Box& box) {
    const float width = std::min(
        {box.width() * 2, static_cast<float>(picture.width), static_cast<float>(picture.height) * 0.8F});
    const float height = width * 1.25F;
    const float left =
        std::clamp((box.left + box.right - width) / 2, 0.0F, static_cast<float>(picture.width) - width);
    const float top =
        std::clamp((box.top + box.bottom - height) / 2, 0.0F, static_cast<float>(picture.height) - height);
    return {static_cast<int>(left), static_cast<int>(top), static_cast<int>(width), static_cast<int>(height)};
}

} // namespace

Result<Sitter> photograph_sitter(const Desk& desk, const std::function<void(Reason)>& hint) {
    const Instant until = SteadyClock::now() + desk.patience;
    const auto lease = desk.devices.camera.open(until);
    if (!lease)
        return std::unexpected(lease.error());
    Viewer viewer(**lease, desk.devices.pipeline);
    std::optional<Reason> last;
    while (SteadyClock::now() < until) {
        auto view = viewer.next(until);
        if (!view)
            return std::unexpected(view.error());
        const auto& [picture, face] = *view;
        const std::optional<Reason> fault =
            face ? face::gate(*face, picture.width, picture.height, desk.demands.gate)
                 : std::optional(face.error().reason);
        if (!fault || !face::forbids(*fault)) {
            const auto portrait = portrait_of(picture, face->box);
            return Sitter{std::move(view->picture), portrait};
        }
        if (last != fault)
            hint(*fault);
        last = fault;
    }
    return fail(last.value_or(Reason::no_face), "no good view of a face in time");
}

} // namespace kaomon::rehearse
