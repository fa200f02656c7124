// Templates made up for tests of scores: directions in a plane, or at random.
#pragma once

#include "tests/daemon/match/templates.hpp"
#include "tools/evaluate/gallery.hpp"

#include <deque>

namespace kaomon::evaluate {

// Keeps the templates that a gallery is made of.
struct People {
    std::deque<face::Template> faces;
    std::vector<Portrayed> portrayed;

    void add(const face::Template& face, std::uint32_t person, std::uint32_t group = 0, bool hint = false) {
        faces.push_back(face);
        portrayed.push_back(
            {&faces.back(), person, group, static_cast<std::uint32_t>(portrayed.size()), hint});
    }
};

} // namespace kaomon::evaluate
