#include "daemon/face/subject_cv.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::face {
namespace {

constexpr float sure = 0.6F;
constexpr float clearly_smaller = 0.4F, smaller = 0.7F; // shares of the patient's area
constexpr float clearly_aside = 0.2F;                   // of the picture's width

float area(const Box& box) {
    return std::max(0.F, box.width()) * std::max(0.F, box.height());
}

// What it counts for where the nearest is looked for.
float weight(const Detection& one) {
    return area(one.box) * (one.score > sure ? 1 : clearly_smaller);
}

float aside(const Box& box, float width) {
    return std::abs((box.left + box.right) / 2 - width / 2);
}

} // namespace

Result<Subject> subject_among(std::span<const Detection> faces, int width) {
    if (faces.empty())
        return fail(Reason::no_face);
    const auto nearest = std::ranges::max_element(faces, {}, weight);
    const float largest = std::max(area(nearest->box), 1.F);
    const auto across = static_cast<float>(width);
    Subject subject{*nearest, 1};
    for (auto other = faces.begin(); other != faces.end(); ++other) {
        if (other == nearest || other->score <= sure)
            continue;
        const float share = area(other->box) / largest;
        const bool off = aside(other->box, across) > aside(nearest->box, across) + clearly_aside * across;
        if (share >= smaller || (share >= clearly_smaller && !off))
            return fail(Reason::several_faces);
        subject.single_face = std::min(subject.single_face, 1 - share);
    }
    return subject;
}

} // namespace kaomon::face
