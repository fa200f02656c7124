// The three networks that pipeline and stream share. Internal to this folder.
#pragma once

#include "daemon/face/embedder_cv.hpp"
#include "daemon/face/mesh_cv.hpp"
#include "daemon/face/pipeline.hpp"
#include "daemon/face/search_cv.hpp"
#include "daemon/face/subject_cv.hpp"

#include <opencv2/core.hpp>

namespace kaomon::face {

struct Pipeline::Nets {
    Detector detector;
    Mesh mesh;
    Embedder embedder;
    std::vector<ModelInfo> infos;

    // One look at a still; nothing where it shows no face, or none that the mesh believes in. Reason:
    // several_faces.
    Result<std::optional<Observation>> look(const cv::Mat& rgb, const Try& how);
};

// Exceptions of OpenCV (out of memory, a broken assumption of ours) end at this folder's public functions.
template<class Work>
auto guarded(Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const cv::Exception&) {
        return fail(Reason::internal_error, "OpenCV could not process a picture");
    }
}

// What is known of a face from its detection and its mesh. `picture_height`: pixels.
Observation observation_of(const Subject& subject, const MeshResult& mesh, int picture_height);

} // namespace kaomon::face
