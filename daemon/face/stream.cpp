#include "daemon/face/stream.hpp"

#include "daemon/face/follow.hpp"
#include "daemon/face/nets_cv.hpp"
#include "daemon/face/picture_cv.hpp"
#include "daemon/face/search_cv.hpp"

#include <algorithm>

namespace kaomon::face {
namespace {

constexpr Milliseconds look_again{200};  // the detector, while a face is followed
constexpr Milliseconds longest_gap{500}; // between two frames that follow each other
constexpr int most_misses = 3;
constexpr Milliseconds still_there{1000}; // the second of two patients, whom a look may miss
constexpr float findable = 0.25F;         // of the picture's shorter side: the detector finds it for certain
constexpr float same_face = 0.3F;         // intersection over union

float area(const Box& box) {
    return std::max(0.F, box.width()) * std::max(0.F, box.height());
}

float overlap(const Box& a, const Box& b) {
    const float common = area({std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
                               std::min(a.bottom, b.bottom)});
    const float united = area(a) + area(b) - common;
    return united > 0 ? common / united : 0;
}

// The detector's box spans the brows to the chin, the mesh from the hair line: moved and scaled as the crop
// was.
Box moved(const Box& box, const Crop& from, const Crop& to) {
    const float f = to.size / from.size;
    const auto x = [&](float value) { return to.x + (value - from.x) * f; };
    const auto y = [&](float value) { return to.y + (value - from.y) * f; };
    return {x(box.left), y(box.top), x(box.right), y(box.bottom)};
}

} // namespace

struct Stream::State {
    explicit State(Pipeline::Nets& all) : nets(all) {}

    struct Followed {
        Subject subject;
        Crop crop; // around the points: of the next frame
        Secret<MeshPoints> mesh;
        Instant captured;
    };
    struct Seen {
        Subject subject;
        MeshResult mesh;
    };

    Result<Observation> look(const cv::Mat& rgb, Instant captured);
    // Nothing when it was lost.
    Result<std::optional<Seen>> follow(const cv::Mat& rgb, Instant captured);
    Result<std::vector<Detection>> detect(const cv::Mat& rgb);
    Result<std::vector<Detection>> detect_beside(const cv::Mat& rgb, const Detection& face);
    Result<Seen> acquire(const cv::Mat& rgb, const Subject& subject);

    Pipeline::Nets& nets;
    std::optional<Followed> followed;
    Instant looked;
    std::optional<Instant> crowded; // when two patients were seen last
    int misses = 0;                 // looks in a row that did not find the followed face
    std::size_t turn = 0;
    std::uint32_t track = 0;
    std::uint64_t detections = 0;
};

Result<std::optional<Stream::State::Seen>> Stream::State::follow(const cv::Mat& rgb, Instant captured) {
    if (followed && captured - followed->captured > longest_gap)
        followed.reset(); // who knows who sits there now
    if (!followed)
        return std::nullopt;
    auto mesh = nets.mesh.fit(rgb, followed->crop);
    if (!mesh && mesh.error().reason != Reason::no_face)
        return std::unexpected(std::move(mesh.error()));
    if (!mesh || slip(followed->mesh.get(), mesh->points, mesh->face_flag, rgb.cols, rgb.rows))
        return std::nullopt;
    Seen seen{followed->subject, std::move(*mesh)};
    seen.subject.face.box = moved(seen.subject.face.box, followed->crop, crop_around(seen.mesh.points));
    return seen;
}

Result<std::vector<Detection>> Stream::State::detect(const cv::Mat& rgb) {
    ++detections;
    auto faces = nets.detector.find(rgb);
    if (!faces || !faces->empty())
        return faces;
    ++detections;
    return find_within(nets.detector, rgb, stream_parts()[turn++ % stream_parts().size()]);
}

// With the followed face among them, found or not, unless it was missed too often.
Result<std::vector<Detection>> Stream::State::detect_beside(const cv::Mat& rgb, const Detection& face) {
    ++detections;
    auto faces = nets.detector.find(rgb);
    if (!faces)
        return faces;
    const bool found = std::ranges::any_of(
        *faces, [&](const Detection& one) { return overlap(one.box, face.box) > same_face; });
    const bool should = face.box.height() > findable * static_cast<float>(std::min(rgb.cols, rgb.rows));
    misses = found || !should ? 0 : misses + 1;
    if (!found && misses < most_misses)
        faces->push_back(face);
    return faces;
}

Result<Stream::State::Seen> Stream::State::acquire(const cv::Mat& rgb, const Subject& subject) {
    misses = 0;
    const auto first = nets.mesh.fit(rgb, subject.face);
    if (!first)
        return std::unexpected(first.error());
    // Once more as the next frame will see it: the first points are then no worse than the followed ones.
    auto mesh = nets.mesh.fit(rgb, crop_around(first->points));
    if (!mesh)
        return std::unexpected(std::move(mesh.error()));
    if (slip(first->points, mesh->points, mesh->face_flag, rgb.cols, rgb.rows))
        return fail(Reason::no_face);
    return Seen{subject, std::move(*mesh)};
}

Result<Observation> Stream::State::look(const cv::Mat& rgb, Instant captured) {
    auto seen = follow(rgb, captured);
    if (!seen)
        return std::unexpected(std::move(seen.error()));
    const auto before = std::exchange(followed, std::nullopt); // kept again only when all goes well
    const bool lost = !seen->has_value();
    if (lost || captured - looked >= look_again) {
        looked = captured;
        const auto faces = lost ? detect(rgb) : detect_beside(rgb, (*seen)->subject.face);
        if (!faces)
            return std::unexpected(faces.error());
        const auto subject = subject_among(*faces, rgb.cols);
        if (!subject) {
            if (subject.error().reason == Reason::several_faces)
                crowded = captured;
            return std::unexpected(subject.error());
        }
        if (crowded && captured - *crowded < still_there)
            return fail(Reason::several_faces);
        if (!lost && overlap(subject->face.box, (*seen)->subject.face.box) > same_face) {
            (*seen)->subject = *subject;
        } else {
            auto acquired = acquire(rgb, *subject);
            if (!acquired)
                return std::unexpected(std::move(acquired.error()));
            if (!before || overlap(subject->face.box, before->subject.face.box) <= same_face)
                ++track;
            *seen = std::move(*acquired);
        }
    }
    const auto& [subject, mesh] = **seen;
    followed = Followed{subject, crop_around(mesh.points), Secret(mesh.points), captured};
    Observation face = observation_of(subject, mesh, rgb.rows);
    face.track = track;
    return face;
}

Stream::Stream(Pipeline& pipeline) : state_(std::make_unique<State>(*pipeline.nets_)) {}
Stream::Stream(Stream&&) noexcept = default;
Stream& Stream::operator=(Stream&&) noexcept = default;
Stream::~Stream() = default;

Result<Observation> Stream::look(const Image& picture, Instant captured) {
    return guarded([&]() -> Result<Observation> {
        const cv::Mat rgb = as_rgb(picture);
        if (rgb.empty())
            return fail(Reason::internal_error, "a picture whose size does not fit its pixels");
        return state_->look(rgb, captured);
    });
}

std::uint64_t Stream::detections() const noexcept {
    return state_->detections;
}

} // namespace kaomon::face
