// Does the head move where it was asked to, and only after it was asked?
#pragma once

#include "daemon/liveness/detector.hpp"
#include "daemon/liveness/finding.hpp"
#include "daemon/liveness/relief.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <span>

namespace kaomon::liveness {

// Where a face looked at that time, degrees as in face/pose.hpp.
struct PoseSample {
    Instant captured;
    float yaw = 0, pitch = 0;
};

// Between which poses a head moves of its own accord, degrees.
struct PoseRange {
    float least_yaw = 0, most_yaw = 0, least_pitch = 0, most_pitch = 0;
    void add(const PoseSample& one) noexcept;
    float size() const noexcept { return std::max(most_yaw - least_yaw, most_pitch - least_pitch); }
};
// Reentrant.
std::optional<PoseRange> range_of(std::span<const PoseSample> poses) noexcept;

struct Moved {
    Movement to;
    PoseSample from; // where the head rested before
};

// The first movement that began from rest and at least 150 ms after `shown`, once it is large enough: 8
// degrees to a side, 7 up or down. Nobody reacts faster, so a movement that began before was no answer; then
// the head must come to rest first. `poses`: oldest first, from half a second before `shown`. Reentrant.
// It must lead out of `usual`, too: what a head does all the time is no answer.
std::optional<Moved> first_movement(std::span<const PoseSample> poses, Instant shown,
                                    const std::optional<PoseRange>& usual = {}) noexcept;
// Were these unasked poses enough to tell an answer from what the head does anyway? A calm head: yes; one
// that moves about: after 3.5 seconds. Reentrant.
bool known_well(std::span<const PoseSample> unasked) noexcept;

// Does the relief's shift go along with that change of pose (degrees), against it, or neither? Towards
// `movement`'s axis. > 0: along. Reentrant.
int agreement(const ReliefShift& shift, Movement movement, float turned) noexcept;

// pass: as many right answers in a row as the request needs; else not_assessed: to mistake left for right is
// no forgery. A right answer is one by the mesh (first_movement) that the picture's points confirm (relief),
// within four seconds. Margin: 0. A video that happens to move so passes.
class DirectedMovement final : public Detector {
  public:
    void add_face(const FaceView& view) override;
    void reset_for_new_face() override;
    void asked(const Request& request) override;
    Answer answer() const override { return answer_; }
    bool busy() const override { return from_.has_value() || !known_well(unasked_); }
    std::vector<Evidence> evidence() const override { return {finding_.evidence()}; }

  private:
    void confirm(const FaceView& view);

    std::optional<Request> request_;
    Answer answer_ = Answer::none;            // to it
    std::optional<PoseSample> from_;          // where the head was before the answer, until it is back
    int row_ = 0;                             // right ones, the last among them
    std::vector<PoseSample> poses_, unasked_; // the newest last
    std::deque<ReliefView> views_;
    std::optional<Instant> compared_;
    int along_ = 0, against_ = 0;
    Finding finding_{Kind::directed_movement};
};

} // namespace kaomon::liveness
