// Where faces are: MediaPipe BlazeFace, short range. Internal to this folder.
#pragma once

#include "daemon/face/network.hpp"
#include "daemon/face/observation.hpp"

#include <opencv2/core/mat.hpp>

#include <array>
#include <vector>

namespace kaomon::face {

struct Detection {
    Box box;
    float score = 0; // 0..1
    // Eye, eye, nose tip, mouth, ear, ear; left before right as seen in the picture.
    std::array<Point, 6> points{};
};

// Thread-bound.
class Detector {
  public:
    static Result<Detector> open(ByteView file, Backend backend = Backend::own_int16);

    // All faces with a score over `least`, the largest first. A face under about a fifth of the picture's
    // longer side is not found: that is the net's reach.
    Result<std::vector<Detection>> find(const cv::Mat& rgb, float least = 0.5F);

    // Wipes what the network keeps of the last face.
    void forget() noexcept { network_->forget(); }

  private:
    explicit Detector(std::unique_ptr<Network> network) : network_(std::move(network)) {}
    std::unique_ptr<Network> network_;
};

} // namespace kaomon::face
