// A fixture with the nets and the people of the demo photographs, loaded once for each suite.
#pragma once

#include "daemon/face/pipeline.hpp"
#include "tests/daemon/face/placed.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace kaomon::face {

class DemoPeople : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        auto loaded = Pipeline::load(KAOMON_SOURCE_DIR "/models");
        if (!loaded)
            FAIL() << loaded.error().detail << ": run tools/models/fetch --demo";
        pipeline = std::move(*loaded);
        for (const auto* name : {"obama", "obama2", "biden"}) {
            const Image portrait = photograph(name);
            const auto face = pipeline->observe(portrait);
            ASSERT_TRUE(face);
            sitters[name] = sitter(portrait, *face);
        }
    }
    static void TearDownTestSuite() {
        pipeline.reset();
        sitters.clear();
    }
    void SetUp() override { ASSERT_EQ(sitters.size(), 3U) << "run tools/models/fetch --demo"; }

    static inline std::unique_ptr<Pipeline> pipeline;
    static inline std::map<std::string, Sitter> sitters;
};

} // namespace kaomon::face
