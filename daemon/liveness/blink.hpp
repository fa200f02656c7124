// Eyes that close and open again.
#pragma once

#include "daemon/liveness/detector.hpp"

#include <array>
#include <span>

namespace kaomon::liveness {

// Both eyes and the nose of one frame, with nothing but their look: mean 0, length 1.
struct EyePatches {
    static constexpr int half_width = 12, half_height = 6; // of a patch, pixels of the crop
    static constexpr auto size = std::size_t{2 * half_width + 1} * (2 * half_height + 1);
    using Patch = std::array<float, size>;
    Instant captured;
    Patch left{}, right{}, nose{};
};

// Reentrant. The crop is not empty.
EyePatches eye_patches(const FaceCrop& crop, Instant captured);

// How alike two patches are, -1..1; the best of shifts by a pixel. Reentrant.
float correlation(const EyePatches::Patch& a, const EyePatches::Patch& b) noexcept;

// What happened to the lids at the newest of some frames.
enum class LidMovement : std::uint8_t {
    nothing,
    blink,      // closed and open again, within the time that lids take
    impossible, // shut and open again faster than lids can: one picture put in place of another
};

// `frames`: consecutive ones with a face, oldest first, at least half a second where there is as much. A
// blink: both eyes look as before again, in between both looked unlike it while the nose did not change; 80
// to 400 ms. Image patches, not the mesh, whose lids hardly move when eyes close (decisions/0018). Reentrant.
LidMovement lid_movement(std::span<const EyePatches> frames) noexcept;

// pass: a blink; fail: two that lids cannot do; margin: how many more than that. Who does not blink is not
// assessed, never failed: nobody need blink within a visit. A video of a blink passes, as do lids of a mask.
Evidence blink(int blinks, int impossible) noexcept;

class Blink final : public Detector {
  public:
    void add_face(const FaceView& view) override;
    void reset_for_new_face() override;
    std::vector<Evidence> evidence() const override { return {blink(blinks_, impossible_)}; }

  private:
    SecretVector<EyePatches> frames_; // the newest last
    int blinks_ = 0, impossible_ = 0;
};

} // namespace kaomon::liveness
