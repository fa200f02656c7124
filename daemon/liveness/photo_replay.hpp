// Is the live face the card's own photograph? Two moments of one person never look the same; two pictures of
// one photograph do.
#pragma once

#include "daemon/liveness/detector.hpp"

#include <deque>
#include <optional>

namespace kaomon::liveness {

// What is compared of a picture: the inner face's fine structure, each pixel against its surroundings. Empty
// for an empty crop. No template, and of no use as one: it holds one moment. Reentrant.
Grey fine_structure(const FaceCrop& crop);

// The best correlation, -1..1, that is had by laying the one under the other, tilted prints too; nothing
// where one of them is empty. Reentrant.
std::optional<float> similarity(const Grey& photograph, const Grey& live);

// fail: the live view is the photograph itself; pass: it is another moment. The limit was measured on
// rendered re-photographs (decisions/0019). A photograph of the holder other than the card's passes.
Evidence photo_replay(float similarity) noexcept;

// Holds some views of each second against the photograph; the last ones are kept for when it comes after
// them.
class PhotoReplay final : public Detector {
  public:
    void add_face(const FaceView& view) override;
    void reset_for_new_face() override;
    void photograph(const FaceCrop& crop) override;
    std::vector<Evidence> evidence() const override;

  private:
    void compare(const Grey& live);

    Grey photograph_;                 // its fine structure
    std::deque<Grey> lives_;          // the same of live views, the newest last
    std::optional<Instant> taken_;    // the newest
    std::optional<float> similarity_; // of the view most like the photograph
};

} // namespace kaomon::liveness
