// A surface with depth that is turned before the camera, and the way back from what is seen to what is on it.
#pragma once

#include "drivers/camera/simulated/gesture.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace kaomon::camera::simulated {

struct Spot {
    float x = 0, y = 0;
};

// In units of its own: a head's is the distance of its eyes, with (0, 0) between them; a sheet's is half its
// height, with (0, 0) in its middle.
struct Relief {
    enum class Shape : std::uint8_t { plane, cylinder, head };
    Shape shape = Shape::plane;
    float far = 9; // of the camera, units: 55 cm for a head

    // Towards the camera, units. A head: a bowl of 1.1, on it the nose, in it the sockets of the eyes; 0 at
    // its outline and beyond. A cylinder: 0 in the middle, bent away.
    float depth(Spot at) const noexcept;
    // Where a spot of the surface is seen when it is turned about the point (0, 0) at depth 0, shifted, and
    // brought nearer: in perspective, so that of a head the nose grows fastest, and a plane stays a plane.
    // With a head what lies beyond its outline stays, and what is between gives way softly.
    Spot seen(Spot at, const Gesture& gesture) const noexcept;
    // How far from (0, 0) such a head moves anything, units.
    struct Reach {
        float across, up, down;
    };
    static Reach reach(const Gesture& gesture) noexcept;
    // The spot that is seen there: the inverse, by iteration; good to a hundredth of a unit up to 35 degrees.
    Spot under(Spot seen, const Gesture& gesture) const noexcept;
    Spot under(Spot seen, const Gesture& gesture, Spot guess) const noexcept;
};

// under() for each pixel of a rectangle, made from nodes some pixels apart. Coordinates of the caller's
// pixels.
class ReliefMap {
  public:
    // Unit and origin of the relief in pixels, `turn`: of its x axis, radians.
    struct Placement {
        float x = 0, y = 0, unit = 1, cosine = 1, sine = 0;
        Spot into(float px, float py) const noexcept {
            const float dx = (px - x) / unit, dy = (py - y) / unit;
            return {cosine * dx + sine * dy, cosine * dy - sine * dx};
        }
        Spot out_of(Spot at) const noexcept {
            return {x + unit * (cosine * at.x - sine * at.y), y + unit * (sine * at.x + cosine * at.y)};
        }
    };
    ReliefMap(const Relief& relief, const Placement& placement, const Gesture& gesture, int left, int top,
              int width, int height);
    // Of the pixels from (left, y) on, as many as there are spots; within the rectangle. In units of the
    // relief.
    void row(int y, std::span<Spot> spots) const noexcept;

  private:
    static constexpr int step = 6; // pixels
    int top_, columns_;
    std::vector<Spot> nodes_;
};

} // namespace kaomon::camera::simulated
