// Templates side by side, ready to be compared with all others.
#pragma once

#include "daemon/match/population.hpp"
#include "drivers/base/secret.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kaomon::evaluate {

// One side of the comparisons: what is presented (probes) or what it is compared with (references).
struct Gallery {
    SecretVector<float> values;            // a row of face::template_size for each
    std::vector<match::Standing> standing; // in the population, where there is one
    std::vector<std::uint32_t> person, group;
    std::vector<std::vector<std::uint32_t>> images; // that a template was made of
    std::vector<bool> hint;                         // the person is a guess: no mated comparisons

    std::size_t size() const noexcept { return person.size(); }
    const float* row(std::size_t i) const noexcept { return values.data() + i * face::template_size; }
};

struct Portrayed { // a template and whose it is
    const face::Template* face = nullptr;
    std::uint32_t person = 0, group = 0, image = 0;
    bool hint = false;
};

// Each template on its own (k = 1), or for each person with more than k of them every run of k neighbours in
// their order, the last followed by the first, fused as the daemon fuses views; none of people who are a
// guess. Reentrant.
Gallery gallery_of(std::span<const Portrayed> templates, std::size_t k,
                   const std::optional<match::Population>& population);

// Every two neighbours, as above, that match::Probe settles on at once although it was to fuse `views`;
// `pairs` is how many it was shown. Empty for under three views. Reentrant.
struct Settled {
    std::size_t pairs = 0;
    Gallery gallery;
};
Settled settled_at_once(std::span<const Portrayed> templates, std::size_t views,
                        const std::optional<match::Population>& population);

} // namespace kaomon::evaluate
