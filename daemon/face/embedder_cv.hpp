// From an aligned face to a template: SFace 2021dec. Internal to this folder.
#pragma once

#include "daemon/face/network.hpp"
#include "daemon/face/template.hpp"

#include <opencv2/core/mat.hpp>

namespace kaomon::face {

// Thread-bound.
class Embedder {
  public:
    static Result<Embedder> open(ByteView file, Backend backend = Backend::own_int16);
    // `aligned`: 112 x 112 RGB as align() gives it. Reason: face_unclear (the template is too short to be
    // compared).
    Result<Template> embed(const cv::Mat& aligned);

    // Wipes what the network keeps of the last face.
    void forget() noexcept { network_->forget(); }

  private:
    explicit Embedder(std::unique_ptr<Network> network) : network_(std::move(network)) {}
    std::unique_ptr<Network> network_;
};

} // namespace kaomon::face
