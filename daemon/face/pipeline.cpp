#include "daemon/face/pipeline.hpp"

#include "daemon/face/align_cv.hpp"
#include "daemon/face/model_store.hpp"
#include "daemon/face/nets_cv.hpp"
#include "daemon/face/picture_cv.hpp"
#include "daemon/face/quality_cv.hpp"

namespace kaomon::face {
namespace {

constexpr float believed = 0.5F; // the mesh's face flag

template<class Net>
Result<Net> open(const ModelStore& store, std::string_view name, Backend backend) {
    const auto model = store.find(name);
    if (!model)
        return std::unexpected(model.error());
    auto net = Net::open((*model)->file, backend);
    if (!net)
        net.error().detail = std::string(name) + ": " + net.error().detail;
    return net;
}

} // namespace

Observation observation_of(const Subject& subject, const MeshResult& mesh, int picture_height) {
    Observation face{.box = subject.face.box,
                     .score = subject.face.score,
                     .mesh = mesh.points,
                     .five = five_points(mesh.points),
                     .quality = measure(mesh, picture_height)};
    face.quality.single_face = subject.single_face;
    return face;
}

Pipeline::Pipeline(std::unique_ptr<Nets> nets) : nets_(std::move(nets)) {}
Pipeline::~Pipeline() = default;

Result<std::unique_ptr<Pipeline>> Pipeline::load(const std::filesystem::path& models, Backend backend) {
    const auto store = ModelStore::open(models);
    if (!store)
        return std::unexpected(store.error());
    auto detector = open<Detector>(*store, "detector", backend);
    if (!detector)
        return std::unexpected(std::move(detector.error()));
    auto mesh = open<Mesh>(*store, "mesh", backend);
    if (!mesh)
        return std::unexpected(std::move(mesh.error()));
    auto embedder = open<Embedder>(*store, "embedder", backend);
    if (!embedder)
        return std::unexpected(std::move(embedder.error()));
    auto nets =
        std::make_unique<Nets>(std::move(*detector), std::move(*mesh), std::move(*embedder), store->infos());
    wipe_released_mats();
    cv::setNumThreads(1); // threads of OpenCV would keep pixels of a face on stacks that nobody wipes
    return std::unique_ptr<Pipeline>(new Pipeline(std::move(nets)));
}

Result<std::optional<Observation>> Pipeline::Nets::look(const cv::Mat& rgb, const Try& how) {
    const auto faces = find_within(detector, rgb, how.part, how.least_score);
    if (!faces)
        return std::unexpected(faces.error());
    if (faces->empty())
        return std::nullopt;
    const auto subject = subject_among(*faces, rgb.cols);
    if (!subject)
        return std::unexpected(subject.error());
    const auto fitted = mesh.fit(rgb, subject->face);
    if (!fitted && fitted.error().reason != Reason::no_face)
        return std::unexpected(fitted.error());
    if (!fitted || fitted->face_flag < believed)
        return std::nullopt;
    return observation_of(*subject, *fitted, rgb.rows);
}

Result<Observation> Pipeline::observe(const Image& picture) {
    return guarded([&]() -> Result<Observation> {
        const cv::Mat rgb = as_rgb(picture);
        if (rgb.empty())
            return fail(Reason::internal_error, "a picture whose size does not fit its pixels");
        for (const Try& how : still_tries()) {
            const auto face = nets_->look(rgb, how);
            if (!face)
                return std::unexpected(face.error());
            if (*face)
                return **face;
        }
        return fail(Reason::no_face);
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

Result<Reference> Pipeline::reference(const Image& photograph) {
    return guarded([&]() -> Result<Reference> {
        const cv::Mat rgb = as_rgb(photograph);
        if (rgb.empty())
            return fail(Reason::internal_error, "a picture whose size does not fit its pixels");
        Failure best{Reason::no_face, {}};
        for (const Try& how : still_tries()) {
            const auto face = nets_->look(rgb, how);
            if (!face)
                return std::unexpected(face.error());
            if (!*face)
                continue;
            auto view = nets_->embedder.embed(align(rgb, (*face)->five));
            if (view)
                return Reference{**face, *view};
            if (view.error().reason != Reason::face_unclear)
                return std::unexpected(std::move(view.error()));
            best = std::move(view.error());
        }
        return std::unexpected(std::move(best));
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
