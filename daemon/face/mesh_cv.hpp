// 468 points of a face: MediaPipe Face Mesh. Internal to this folder.
#pragma once

#include "daemon/face/detector_cv.hpp"

namespace kaomon::face {

struct MeshResult {
    std::array<Point3, 468> points{}; // pixels of the picture
    float face_flag = 0;              // 0..1
};

// Thread-bound.
class Mesh {
  public:
    static Result<Mesh> open(ByteView onnx);
    Result<MeshResult> fit(const cv::Mat& rgb, const Detection& face);

  private:
    explicit Mesh(std::unique_ptr<Network> network) : network_(std::move(network)) {}
    std::unique_ptr<Network> network_;
};

// Eyes, nose tip and mouth corners, left before right as seen in the picture.
std::array<Point, 5> five_points(const std::array<Point3, 468>& mesh);

} // namespace kaomon::face
