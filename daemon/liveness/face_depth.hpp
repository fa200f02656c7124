// The depth of a face, between the points of its mesh.
#pragma once

#include "daemon/liveness/face_crop.hpp"

namespace kaomon::liveness {

// Immutable; reentrant.
class FaceDepth {
  public:
    FaceDepth(const FaceCrop& crop, const face::Observation& face);
    // Towards the camera, eye distances, at a place of the crop.
    float at(float x, float y) const noexcept;

  private:
    SecretVector<float> nodes_; // of a grid over the crop
};

} // namespace kaomon::liveness
