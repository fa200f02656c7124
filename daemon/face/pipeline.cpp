#include "daemon/face/pipeline.hpp"

#include "daemon/face/align_cv.hpp"
#include "daemon/face/embedder_cv.hpp"
#include "daemon/face/mesh_cv.hpp"
#include "daemon/face/model_store.hpp"
#include "daemon/face/picture_cv.hpp"
#include "daemon/face/quality_cv.hpp"

#include <opencv2/core.hpp>

#include <algorithm>

namespace kaomon::face {
namespace {

// A second face counts as a second patient from this share of the first one's area on, if the detector is
// sure of it; people waiting behind are smaller.
constexpr float comparable_area = 0.6F;
constexpr float sure_score = 0.6F;
// Added to each side when no face is found: the detector misses a face that fills the picture.
constexpr double border = 0.3;

float area(const Box& box) {
    return box.width() * box.height();
}

bool several(const std::vector<Detection>& faces) {
    return std::any_of(faces.begin() + 1, faces.end(), [&](const Detection& other) {
        return other.score > sure_score && area(other.box) > comparable_area * area(faces.front().box);
    });
}

void move(Detection& face, float by_x, float by_y) {
    face.box = {face.box.left + by_x, face.box.top + by_y, face.box.right + by_x, face.box.bottom + by_y};
    for (Point& p : face.points)
        p = {p.x + by_x, p.y + by_y};
}

Result<std::vector<Detection>> find_faces(Detector& detector, const cv::Mat& rgb) {
    auto faces = detector.find(rgb);
    if (!faces || !faces->empty())
        return faces;
    const int across = cvRound(rgb.cols * border);
    const int down = cvRound(rgb.rows * border);
    cv::Mat wider;
    cv::copyMakeBorder(rgb, wider, down, down, across, across, cv::BORDER_REPLICATE);
    faces = detector.find(wider);
    if (!faces)
        return faces;
    for (Detection& face : *faces)
        move(face, static_cast<float>(-across), static_cast<float>(-down));
    return faces;
}

template<class Net>
Result<Net> open(const ModelStore& store, std::string_view name) {
    const auto model = store.find(name);
    if (!model)
        return std::unexpected(model.error());
    auto net = Net::open((*model)->file);
    if (!net)
        net.error().detail = std::string(name) + ": " + net.error().detail;
    return net;
}

// Exceptions of OpenCV (out of memory, a broken assumption of ours) end at this folder's door.
template<class Work>
auto guarded(Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const cv::Exception&) {
        return fail(Reason::internal_error, "OpenCV could not process a picture");
    }
}

} // namespace

struct Pipeline::Nets {
    Detector detector;
    Mesh mesh;
    Embedder embedder;
    std::vector<ModelInfo> infos;
};

Pipeline::Pipeline(std::unique_ptr<Nets> nets) : nets_(std::move(nets)) {}
Pipeline::~Pipeline() = default;

Result<std::unique_ptr<Pipeline>> Pipeline::load(const std::filesystem::path& models) {
    const auto store = ModelStore::open(models);
    if (!store)
        return std::unexpected(store.error());
    auto detector = open<Detector>(*store, "detector");
    if (!detector)
        return std::unexpected(std::move(detector.error()));
    auto mesh = open<Mesh>(*store, "mesh");
    if (!mesh)
        return std::unexpected(std::move(mesh.error()));
    auto embedder = open<Embedder>(*store, "embedder");
    if (!embedder)
        return std::unexpected(std::move(embedder.error()));
    auto nets =
        std::make_unique<Nets>(std::move(*detector), std::move(*mesh), std::move(*embedder), store->infos());
    wipe_released_mats();
    return std::unique_ptr<Pipeline>(new Pipeline(std::move(nets)));
}

Result<Observation> Pipeline::observe(const Image& picture) {
    return guarded([&]() -> Result<Observation> {
        const cv::Mat rgb = as_rgb(picture);
        if (rgb.empty())
            return fail(Reason::internal_error, "a picture whose size does not fit its pixels");
        const auto faces = find_faces(nets_->detector, rgb);
        if (!faces)
            return std::unexpected(faces.error());
        if (faces->empty())
            return fail(Reason::no_face);
        if (several(*faces))
            return fail(Reason::several_faces);
        const auto mesh = nets_->mesh.fit(rgb, faces->front());
        if (!mesh)
            return std::unexpected(mesh.error());

        Observation face{.box = faces->front().box,
                         .score = faces->front().score,
                         .mesh = mesh->points,
                         .five = five_points(mesh->points),
                         .quality = {}};
        face.quality = measure(face, mesh->face_flag, align(rgb, face.five));
        return face;
    });
}

Result<Template> Pipeline::embed(const Image& picture, const Observation& face) {
    return guarded([&]() -> Result<Template> {
        const cv::Mat rgb = as_rgb(picture);
        if (rgb.empty())
            return fail(Reason::internal_error, "a picture whose size does not fit its pixels");
        return nets_->embedder.embed(align(rgb, face.five));
    });
}

void Pipeline::forget() noexcept {
    nets_->detector.forget();
    nets_->mesh.forget();
    nets_->embedder.forget();
}

const std::vector<ModelInfo>& Pipeline::models() const noexcept {
    return nets_->infos;
}

} // namespace kaomon::face
