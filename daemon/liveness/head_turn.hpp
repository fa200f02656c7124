// A head or a plane? When something turns, nods or sways a little, the points of a plane stay on a plane;
// nose, eyes and cheeks of a head part from each other.
#pragma once

#include "daemon/liveness/corners.hpp"
#include "daemon/liveness/detector.hpp"
#include "daemon/liveness/finding.hpp"
#include "daemon/liveness/relief_watch.hpp"

#include <deque>
#include <optional>
#include <span>

namespace kaomon::liveness {

// The nose's distance from the left eye less that from the right one, over their sum: 0 in the frontal view,
// below 0 when the nose is nearer to the left eye as seen. Changes by 0.05 with about 6 degrees. Reentrant.
float nose_asymmetry(const face::Observation& face) noexcept;

// Two views of one face, and what tracking its image points from the one to the other found.
struct TurnedPair {
    float turn = 0;  // change of the nose's asymmetry, 0..1
    int points = 0;  // tracked forth and back
    float share = 0; // of the points that one plane explains to 0.02 eye distances, 0..1
    float tilt =
        0; // how far that plane's change is from a mere shift, turn and zoom: 0.1 is about 25 degrees
};

// `points`: corners of `before`. Reentrant.
TurnedPair compare_views(const FaceCrop& before, std::span<const face::Point> points, const FaceCrop& after,
                         float turn);

// pass: the pairs part from a plane as heads do; fail: they lie on one that turned, as prints and screens do;
// not_assessed: fewer than three pairs to judge by, or something between. A pair counts when it turned, by
// the nose or, for a plane, by its own tilt; one that a plane explains but that did not tilt shows only a
// mesh that trembled. Decided by the middle one of the seven that turned most. Limits (measured on one live
// performer, 54 pairs; flat stills turned and moved, 160 pairs): 95 % of the live pairs have a share of 0.61
// at most, 95 % of the flat ones 0.84 and more. Margin: the share's distance from the limit. A mask and a
// video of a turning head pass. Reentrant.
Evidence head_turn(std::span<const TurnedPair> pairs) noexcept;

// Whether a change of asymmetry is of use: less is noise of the mesh, more hides half of the face.
constexpr float least_turn = 0.05F, largest_turn = 0.35F;

// Holds each view against the earlier one that differs from it by the turn nearest to the best one. What
// moves too little for single points (a calm head sways by a degree) is looked at as a whole
// (relief_watch.hpp): that can only pass.
class HeadTurn final : public Detector {
  public:
    void add_face(const FaceView& view) override;
    void reset_for_new_face() override;
    std::vector<Evidence> evidence() const override { return {finding_.evidence()}; }

  private:
    struct View {
        FaceCrop crop;
        SecretVector<face::Point> corners;
        float asymmetry;
        Instant captured;
    };
    void compare(const FaceView& view, float asymmetry);

    std::deque<View> views_; // unlike each other, the newest last
    std::optional<Instant> compared_;
    SecretVector<TurnedPair> pairs_; // the newest last
    ReliefWatch relief_;
    Finding finding_{Kind::head_turn};
};

} // namespace kaomon::liveness
