// Is the live face the card's own photograph? Two moments of one person never look the same; two pictures of
// one photograph do.
#pragma once

#include "daemon/liveness/evidence.hpp"
#include "daemon/liveness/face_crop.hpp"

namespace kaomon::liveness {

// What is compared of a picture: the inner face's fine structure, each pixel against its surroundings. Empty
// for an empty crop. No template, and of no use as one: it holds one moment. Reentrant.
Grey fine_structure(const FaceCrop& crop);

// The best correlation, -1..1, that is had by laying the one under the other, tilted prints too; nothing
// where one of them is empty. Reentrant.
std::optional<float> sameness(const Grey& photograph, const Grey& live);

// fail: the live view is the photograph itself; pass: it is another moment. The limit was measured on
// rendered re-photographs (decisions/0019). A photograph of the holder other than the card's passes.
Evidence photo_replay(float sameness) noexcept;

} // namespace kaomon::liveness
