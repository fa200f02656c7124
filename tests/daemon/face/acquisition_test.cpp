// Failure to acquire (ISO/IEC 19795-1) on a folder of photographs that is not ours to ship: KAOMON_FACES
// names it.
#include "daemon/face/pipeline.hpp"
#include "tests/daemon/face/photograph.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace kaomon::face {
namespace {

TEST(Acquisition, FailsForAtMostOneInAThousand) {
    const char* const folder = std::getenv("KAOMON_FACES");
    if (folder == nullptr || !std::filesystem::is_directory(folder))
        GTEST_SKIP() << "KAOMON_FACES names no folder of JPEG files with one face each";
    auto pipeline = Pipeline::load(KAOMON_SOURCE_DIR "/models");
    ASSERT_TRUE(pipeline) << "run tools/models/fetch";
    int images = 0, failures = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".jpg")
            continue;
        ++images;
        const Image picture = read_jpeg(entry.path());
        const auto face = (*pipeline)->observe(picture);
        if (!face || !(*pipeline)->embed(picture, *face))
            ++failures;
    }
    ASSERT_GT(images, 0);
    std::printf("failure to acquire: %d of %d images\n", failures, images);
    EXPECT_LE(failures, images / 1000);
}

} // namespace
} // namespace kaomon::face
