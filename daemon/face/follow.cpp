#include "daemon/face/follow.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::face {
namespace {

constexpr float least_flag = 0.5F;
constexpr float least_inside = 0.5F;  // of the area
constexpr float most_moved = 1 / 3.F; // of the longer side, between two frames
constexpr float most_grown = 1.25F;

float longer(const Box& box) {
    return std::max(box.width(), box.height());
}

} // namespace

Box bounds_of(const MeshPoints& mesh) noexcept {
    const auto [left, right] = std::ranges::minmax(mesh, {}, &Point3::x);
    const auto [top, bottom] = std::ranges::minmax(mesh, {}, &Point3::y);
    return {left.x, top.y, right.x, bottom.y};
}

std::optional<Slip> slip(const MeshPoints& before, const MeshPoints& now, float face_flag, int width,
                         int height) {
    const bool sound = std::ranges::all_of(
        now, [](const Point3& p) { return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z); });
    if (!sound || !(face_flag >= least_flag))
        return Slip::flag;
    const Box was = bounds_of(before), is = bounds_of(now);
    const Box inside{std::max(is.left, 0.F), std::max(is.top, 0.F),
                     std::min(is.right, static_cast<float>(width)),
                     std::min(is.bottom, static_cast<float>(height))};
    const float seen = std::max(0.F, inside.width()) * std::max(0.F, inside.height());
    if (seen < least_inside * is.width() * is.height())
        return Slip::outside;
    const float dx = (is.left + is.right - was.left - was.right) / 2;
    const float dy = (is.top + is.bottom - was.top - was.bottom) / 2;
    if (std::hypot(dx, dy) > most_moved * longer(was))
        return Slip::jump;
    const float growth = longer(is) / std::max(longer(was), 1e-3F);
    if (growth > most_grown || growth < 1 / most_grown)
        return Slip::size;
    return std::nullopt;
}

} // namespace kaomon::face
