#include "daemon/face/pipeline.hpp"

#include "daemon/face/align_cv.hpp"
#include "daemon/face/model_store.hpp"
#include "daemon/face/nets_cv.hpp"
#include "daemon/face/picture_cv.hpp"
#include "daemon/face/quality_cv.hpp"
#include "daemon/face/search_cv.hpp"

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

Result<Observation> Pipeline::observe(const Image& picture) {
    return guarded([&]() -> Result<Observation> {
        const cv::Mat rgb = as_rgb(picture);
        if (rgb.empty())
            return fail(Reason::internal_error, "a picture whose size does not fit its pixels");
        for (const auto& [part, least_score] : still_tries()) {
            const auto faces = find_within(nets_->detector, rgb, part, least_score);
            if (!faces)
                return std::unexpected(faces.error());
            if (faces->empty())
                continue;
            const auto subject = subject_among(*faces, rgb.cols);
            if (!subject)
                return std::unexpected(subject.error());
            const auto mesh = nets_->mesh.fit(rgb, subject->face);
            if (!mesh && mesh.error().reason != Reason::no_face)
                return std::unexpected(mesh.error());
            if (mesh && mesh->face_flag >= believed)
                return observation_of(*subject, *mesh, rgb.rows);
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

void Pipeline::forget() noexcept {
    nets_->detector.forget();
    nets_->mesh.forget();
    nets_->embedder.forget();
}

const std::vector<ModelInfo>& Pipeline::models() const noexcept {
    return nets_->infos;
}

} // namespace kaomon::face
