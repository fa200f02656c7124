// Two made-up embedders of made-up people, for tests of fusion: how much each knows of a person is set.
#pragma once

#include "tools/evaluate/fused_scores.hpp"

#include <cmath>
#include <random>

namespace kaomon::evaluate {

class MadeUpEmbedders {
  public:
    // Two images a person, of as many people.
    explicit MadeUpEmbedders(std::uint32_t people, std::uint32_t groups = 1) {
        both_.groups = groups;
        both_.by[0].size = 24;
        both_.by[1].size = 40;
        for (std::uint32_t person = 0; person < people; ++person) {
            for (int image = 0; image < 2; ++image)
                both_.faces.push_back({person, person % groups, false});
        }
    }
    // What that embedder sees of each face. `noise`: 0 knows the person, 100 nothing of them.
    template<class Noise>
    MadeUpEmbedders& sees(std::size_t which, const Noise& noise) {
        auto& by = both_.by[which];
        SecretVector<float> person;
        for (std::uint32_t face = 0; face < both_.faces.size(); ++face) {
            if (face % 2 == 0)
                person = direction(by.size);
            for (auto* side : {&by.live, &by.card}) {
                auto seen = direction(by.size);
                double squares = 0;
                for (std::size_t i = 0; i < seen.size(); ++i) {
                    seen[i] = person[i] + static_cast<float>(noise(face)) * seen[i];
                    squares += static_cast<double>(seen[i]) * static_cast<double>(seen[i]);
                }
                for (float& value : seen)
                    side->push_back(value / static_cast<float>(std::sqrt(squares)));
            }
        }
        return *this;
    }
    MadeUpEmbedders& sees(std::size_t which, double noise) {
        return sees(which, [noise](std::uint32_t) { return noise; });
    }
    const TwoEmbedders& get() const { return both_; }
    TwoEmbedders& get() { return both_; }

  private:
    SecretVector<float> direction(std::size_t size) {
        SecretVector<float> made(size);
        for (float& value : made) { // the sum of many is about normal
            for (int i = 0; i < 6; ++i)
                value += static_cast<float>(random_()) / 4294967296.F - 0.5F;
            value /= std::sqrt(static_cast<float>(size) / 2);
        }
        return made;
    }
    std::mt19937 random_{7};
    TwoEmbedders both_;
};

} // namespace kaomon::evaluate
