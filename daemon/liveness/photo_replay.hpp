// Is the live face the card's own photograph? Two moments of one person never look the same; two pictures of
// one photograph do.
#pragma once

#include "daemon/liveness/evidence.hpp"
#include "daemon/liveness/face_crop.hpp"

namespace kaomon::liveness {

// What is compared of a picture; wiped when it goes. No template, and of no use as one: it holds one moment.
struct Portrait {
    Grey fine;                      // the inner face's fine structure: each pixel against its surroundings
    SecretVector<face::Point> mesh; // in eye distances
    bool empty() const noexcept { return mesh.empty(); }
};

// `crop`: of that face; empty gives an empty one. Reentrant.
Portrait portrait_of(const FaceCrop& crop, const face::Observation& face);

struct Sameness {
    float correlation = 0; // of the fine structure inside the face, -1..1
    float apart = 1;       // of the meshes, root mean square, eye distances
};
// Nothing when one of them is empty. Reentrant.
std::optional<Sameness> compare(const Portrait& photograph, const Portrait& live);

// fail: the live view is the photograph itself; pass: it is another moment; margin: of the correlation.
// Limits measured on rendered re-photographs (decisions/0019). A photograph of the holder other than the
// card's passes.
Evidence photo_replay(const Sameness& sameness) noexcept;

} // namespace kaomon::liveness
