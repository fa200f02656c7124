#include "daemon/liveness/photo_replay.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::liveness {
namespace {

// The card's photograph has about 60 pixels between the eyes before its compression: half of the crop's scale
// keeps what survives it.
constexpr std::size_t level = 1;
constexpr int blur = 3;   // radius of the box whose mean is taken out, pixels of that level
constexpr int shifts = 2; // tried to each side, pixels of that level
constexpr float same_correlation = 0.86F;
constexpr float same_geometry = 0.045F;

// The inner face, in pixels of that level: brows to chin, no hair, no background.
constexpr int left = 14, top = 20, width = 36, height = 46;

// Without what light makes of it: each pixel against its surroundings. With room for the shifts on each side.
Grey fine_structure(const Grey& grey) {
    Grey fine{width + 2 * shifts, height + 2 * shifts, {}};
    constexpr int count = (2 * blur + 1) * (2 * blur + 1);
    for (int y = top - shifts; y < top + height + shifts; ++y) {
        for (int x = left - shifts; x < left + width + shifts; ++x) {
            float sum = 0;
            for (int dy = -blur; dy <= blur; ++dy) {
                for (int dx = -blur; dx <= blur; ++dx)
                    sum += grey.at(x + dx, y + dy);
            }
            fine.levels.push_back((grey.at(x, y) - sum / count) / (sum / count + 16));
        }
    }
    return fine;
}

float correlation(const Grey& a, const Grey& b, int dx, int dy) {
    float product = 0, square_a = 0, square_b = 0;
    for (int y = shifts; y < shifts + height; ++y) {
        for (int x = shifts; x < shifts + width; ++x) {
            const float one = a.at(x, y), other = b.at(x + dx, y + dy);
            product += one * other, square_a += one * one, square_b += other * other;
        }
    }
    const float norm = std::sqrt(square_a * square_b);
    return norm > 0 ? product / norm : 0;
}

// After the similarity that brings the one closest to the other.
float apart(const SecretVector<face::Point>& a, const SecretVector<face::Point>& b) {
    const auto n = static_cast<float>(a.size());
    face::Point middle_a, middle_b;
    for (std::size_t i = 0; i < a.size(); ++i) {
        middle_a = {middle_a.x + a[i].x / n, middle_a.y + a[i].y / n};
        middle_b = {middle_b.x + b[i].x / n, middle_b.y + b[i].y / n};
    }
    float along = 0, across = 0, spread = 0, there = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const float ax = a[i].x - middle_a.x, ay = a[i].y - middle_a.y;
        const float bx = b[i].x - middle_b.x, by = b[i].y - middle_b.y;
        along += ax * bx + ay * by, across += ax * by - ay * bx;
        spread += ax * ax + ay * ay, there += bx * bx + by * by;
    }
    if (!(spread > 0))
        return 1;
    return std::sqrt(std::max(0.F, there - (along * along + across * across) / spread) / n);
}

} // namespace

Portrait portrait_of(const FaceCrop& crop, const face::Observation& face) {
    const auto& eyes = face.five;
    const float across = std::hypot(eyes[1].x - eyes[0].x, eyes[1].y - eyes[0].y);
    if (crop.empty() || !(across > 0))
        return {};
    Portrait portrait{fine_structure(crop.pyramid[level]), {}};
    portrait.mesh.reserve(face.mesh.size());
    for (const face::Point3& point : face.mesh)
        portrait.mesh.push_back({(point.x - eyes[0].x) / across, (point.y - eyes[0].y) / across});
    return portrait;
}

std::optional<Sameness> compare(const Portrait& photograph, const Portrait& live) {
    if (photograph.empty() || photograph.mesh.size() != live.mesh.size())
        return std::nullopt;
    Sameness found{.correlation = -1, .apart = apart(photograph.mesh, live.mesh)};
    for (int dy = -shifts; dy <= shifts; ++dy) {
        for (int dx = -shifts; dx <= shifts; ++dx)
            found.correlation = std::max(found.correlation, correlation(photograph.fine, live.fine, dx, dy));
    }
    return found;
}

Evidence photo_replay(const Sameness& sameness) noexcept {
    const bool same = sameness.correlation >= same_correlation && sameness.apart <= same_geometry;
    return {Kind::photo_replay, same ? Outcome::fail : Outcome::pass,
            same_correlation - sameness.correlation};
}

} // namespace kaomon::liveness
