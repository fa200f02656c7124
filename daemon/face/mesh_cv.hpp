// 468 points of a face: MediaPipe Face Mesh. Internal to this folder.
#pragma once

#include "daemon/face/crop_cv.hpp"

namespace kaomon::face {

struct MeshResult {
    MeshPoints points{}; // pixels of the picture
    float face_flag = 0; // 0..1
    Crop crop;
    cv::Mat square; // what the net saw of it, crop_side x crop_side RGB: enough to judge the view
};

// Thread-bound.
class Mesh {
  public:
    static Result<Mesh> open(ByteView file, Backend backend = Backend::own_int16);
    // Reason of both: no_face (a crop of impossible size).
    Result<MeshResult> fit(const cv::Mat& rgb, const Detection& face) { return fit(rgb, crop_of(face)); }
    Result<MeshResult> fit(const cv::Mat& rgb, const Crop& crop);

    // Wipes what the network keeps of the last face.
    void forget() noexcept { network_->forget(); }

  private:
    explicit Mesh(std::unique_ptr<Network> network) : network_(std::move(network)) {}
    std::unique_ptr<Network> network_;
};

// Eyes, nose tip and mouth corners, left before right as seen in the picture.
std::array<Point, 5> five_points(const MeshPoints& mesh);

} // namespace kaomon::face
