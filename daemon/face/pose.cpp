#include "daemon/face/pose.hpp"

#include <cmath>
#include <numbers>

namespace kaomon::face {
namespace {

constexpr float degrees = 180 / std::numbers::pi_v<float>;

Point3 operator-(const Point3& a, const Point3& b) {
    return {a.x - b.x, a.y - b.y, a.z - b.z};
}
Point3 cross(const Point3& a, const Point3& b) {
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

} // namespace

Pose pose_of(const MeshPoints& mesh) {
    // Mesh points of the face oval: 234 and 454 beside the ears, 10 at the hair line, 152 under the chin.
    const Point3 across = mesh[454] - mesh[234];
    const Point3 down = mesh[152] - mesh[10];
    const Point3 back = cross(across, down); // out of the back of the head
    Pose pose;
    pose.yaw = std::atan2(-back.x, back.z) * degrees;
    pose.pitch = std::atan2(back.y, std::hypot(back.x, back.z)) * degrees;
    pose.roll = std::atan2(across.y, across.x) * degrees;
    return pose;
}

} // namespace kaomon::face
