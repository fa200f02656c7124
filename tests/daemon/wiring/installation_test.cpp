// Tools find models and worker where they are installed, else in the tree they were built in.
#include "daemon/wiring/installation.hpp"

#include <gtest/gtest.h>

namespace kaomon::wiring {
namespace {

namespace fs = std::filesystem;

TEST(Installation, WhatIsNotInstalledIsFoundInTheTree) {
    const config::Config installed;
    const fs::path expected =
        fs::exists(installed.face.models) ? installed.face.models : fs::path(KAOMON_SOURCE_DIR "/models");
    EXPECT_EQ(found(installed).face.models, expected);
}

TEST(Installation, WhatSomebodyNamedIsTakenAtItsWord) {
    config::Config named;
    named.face.models = "/nowhere/models";
    named.photo.worker = "/nowhere/kaomon-photo";
    const auto after = found(named);
    EXPECT_EQ(after.face.models, "/nowhere/models");
    EXPECT_EQ(after.photo.worker, "/nowhere/kaomon-photo");
}

} // namespace
} // namespace kaomon::wiring
