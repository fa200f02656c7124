// Does the head move where it was asked to, and only after it was asked?
#pragma once

#include "daemon/liveness/detector.hpp"
#include "daemon/liveness/finding.hpp"
#include "daemon/liveness/relief.hpp"

#include <deque>
#include <optional>
#include <span>

namespace kaomon::liveness {

// Where a face looked at that time, degrees as in face/pose.hpp.
struct PoseSample {
    Instant captured;
    float yaw = 0, pitch = 0;
};

// The first movement that began from rest and at least 150 ms after `shown`, once it is large enough: 8
// degrees to a side, 7 up or down. Nobody reacts faster, so a movement that began before was no answer; then
// the head must come to rest first. `poses`: oldest first, from half a second before `shown`. Reentrant.
std::optional<Movement> first_movement(std::span<const PoseSample> poses, Instant shown) noexcept;

// Does the relief's shift go along with that change of pose (degrees), against it, or neither? Towards
// `movement`'s axis. > 0: along. Reentrant.
int agreement(const ReliefShift& shift, Movement movement, float turned) noexcept;

// pass: as many right answers in a row as the request needs; else not_assessed: to mistake left for right is
// no forgery. A right answer is one by the mesh (first_movement) that the picture's points confirm (relief),
// within four seconds. Margin: 0. A video that happens to move so passes: one in four, if it moves at all.
class DirectedMovement final : public Detector {
  public:
    void add_face(const FaceView& view) override;
    void reset_for_new_face() override;
    void asked(const Request& request) override;
    Answer answer() const override { return answer_; }
    std::vector<Evidence> evidence() const override { return {finding_.evidence()}; }

  private:
    void confirm(const FaceView& view);

    std::optional<Request> request_;
    Answer answer_ = Answer::none; // to it
    int row_ = 0;                  // right ones, the last among them
    std::deque<PoseSample> poses_;
    std::deque<ReliefView> views_;
    std::optional<Instant> compared_;
    int along_ = 0, against_ = 0;
    Finding finding_{Kind::directed_movement};
};

} // namespace kaomon::liveness
