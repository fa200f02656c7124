// The three nets behind the room's doors. Internal to this folder.
#pragma once

#include "daemon/face/embedder_cv.hpp"
#include "daemon/face/mesh_cv.hpp"
#include "daemon/face/pipeline.hpp"
#include "daemon/face/subject_cv.hpp"

#include <opencv2/core.hpp>

namespace kaomon::face {

struct Pipeline::Nets {
    Detector detector;
    Mesh mesh;
    Embedder embedder;
    std::vector<ModelInfo> infos;
};

// Exceptions of OpenCV (out of memory, a broken assumption of ours) end at this folder's door.
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
