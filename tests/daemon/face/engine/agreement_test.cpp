// The shipped networks: the own engine, and OpenCV on the same file, against what OpenCV makes of the
// published ONNX. Points and boxes count in sides of the picture and logits as the probabilities they stand
// for: as pixels of up to 200 and logits of up to 500 they differ by some units in the last place, which is
// OpenCV's own distance from the exact result.
#include "daemon/face/align_cv.hpp"
#include "daemon/face/engine/kernels.hpp"
#include "daemon/face/model_store.hpp"
#include "daemon/face/picture_cv.hpp"
#include "daemon/face/pipeline.hpp"
#include "tests/daemon/face/engine/network_file.hpp"
#include "tests/daemon/face/oracle.hpp"
#include "tests/daemon/face/photograph.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

namespace kaomon::face {
namespace {

namespace fs = std::filesystem;

constexpr float tolerance = 1e-4F;

struct Net {
    std::string name;
    int side;
    float factor, offset; // as the daemon feeds it
    std::vector<std::string> outputs, oracle_outputs;
};
const std::vector<Net> nets{
    {"detector",
     128,
     1 / 127.5F,
     -1,
     {"regressors.0", "regressors.1", "classificators.0", "classificators.1"},
     {"regressors", "classificators"}},
    {"mesh", 192, 1 / 255.F, 0, {"conv2d_20", "conv2d_30"}, {"conv2d_20", "conv2d_30"}},
    {"embedder", 112, 1, 0, {"fc1"}, {"fc1"}},
};

// All outputs, one after the other.
std::vector<float> all_of(const Network& network, const Net& net, const std::vector<std::string>& outputs) {
    std::vector<float> numbers;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const bool logit = outputs[i].starts_with("classificators") || outputs[i] == "conv2d_30";
        for (const float number : network.output(i)) {
            if (logit)
                numbers.push_back(1 / (1 + std::exp(-number)));
            else
                numbers.push_back(net.name == "embedder" ? number : number / static_cast<float>(net.side));
        }
    }
    return numbers;
}

float largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
    EXPECT_EQ(a.size(), b.size());
    float most = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        most = std::max(most, std::abs(a[i] - b[i]));
    return most;
}

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double x = static_cast<double>(a[i]), y = static_cast<double>(b[i]);
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    return ab / std::sqrt(aa * bb);
}

// A network and its oracle side by side.
struct Pair {
    Pair(const Net& net_, Backend backend)
        : net(net_), oracle(open_oracle(net.name, {net.side, net.side, net.oracle_outputs})) {
        const auto store = ModelStore::open(KAOMON_SOURCE_DIR "/models");
        if (!store)
            throw std::runtime_error(store.error().detail + ": run tools/models/fetch --demo");
        auto opened =
            open_network((*store->find(net.name))->file, {net.side, net.side, net.outputs}, backend);
        if (!opened)
            throw std::runtime_error(opened.error().detail);
        network = std::move(*opened);
    }
    // What both make of it.
    std::pair<std::vector<float>, std::vector<float>> run(const std::uint8_t* pixels) {
        const Pixels picture{.first = pixels,
                             .row = static_cast<std::size_t>(net.side) * 3,
                             .factor = net.factor,
                             .offset = net.offset};
        EXPECT_TRUE(network->run(picture) && oracle->run(picture));
        return {all_of(*network, net, net.outputs), all_of(*oracle, net, net.oracle_outputs)};
    }

    Net net;
    std::unique_ptr<Network> network, oracle;
};

const std::vector<Image>& pictures() {
    static const std::vector<Image> all{scaled(photograph("obama2"), 200, 200),
                                        scaled(photograph("biden"), 200, 200)};
    return all;
}

void expect_agreement(Backend backend) {
    for (const Net& net : nets) {
        Pair pair(net, backend);
        for (const Image& picture : pictures()) {
            const auto [own, oracle] = pair.run(scaled(picture, net.side, net.side).pixels.data());
            EXPECT_LE(largest_difference(own, oracle), tolerance) << net.name;
        }
        const auto [own, oracle] =
            pair.run(engine::noise(static_cast<std::size_t>(net.side * net.side * 3)).data());
        EXPECT_LE(largest_difference(own, oracle), tolerance) << net.name << ", noise";
    }
}

TEST(Agreement, OfTheOwnEngine) {
    if (!engine::fastest_kernels())
        GTEST_SKIP() << "this CPU has no AVX2 or no FMA";
    expect_agreement(Backend::own_fp32);
}
TEST(Agreement, OfOpenCvOnTheSameFile) {
    expect_agreement(Backend::opencv);
}
// Integers change a template a little and the other networks, whose files know no reach, not at all.
TEST(Agreement, OfIntegers) {
    if (!engine::fastest_kernels())
        GTEST_SKIP() << "this CPU has no AVX2 or no FMA";
    for (const Net& net : nets) {
        Pair pair(net, Backend::own_int16);
        for (const Image& picture : pictures()) {
            const auto [own, oracle] = pair.run(scaled(picture, net.side, net.side).pixels.data());
            if (net.name == "embedder") {
                EXPECT_GE(cosine(own, oracle), 0.9999);
                EXPECT_GT(largest_difference(own, oracle), tolerance) << "no integer has been near it";
            } else {
                EXPECT_LE(largest_difference(own, oracle), tolerance) << net.name;
            }
        }
    }
}

// Faces of a folder, aligned as the daemon does it. Prints no name and no number of a face, only the worst of
// all.
TEST(Agreement, OnAThousandFaces) {
    const char* const folder = std::getenv("KAOMON_FACES");
    if (!folder || !engine::fastest_kernels())
        GTEST_SKIP() << "KAOMON_FACES does not name a folder of face photographs (JPEG)";
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".jpg")
            files.push_back(entry.path());
    }
    std::ranges::sort(files);
    auto pipeline = Pipeline::load(KAOMON_SOURCE_DIR "/models");
    ASSERT_TRUE(pipeline) << pipeline.error().detail;
    Pair embedder(nets[2], Backend::own_fp32);
    Pair integers(nets[2], Backend::own_int16);
    Pair mesh(nets[1], Backend::own_fp32);
    Pair detector(nets[0], Backend::own_fp32);
    double worst_cosine = 1, worst_of_integers = 1, sum_of_integers = 0;
    float worst = 0, worst_mesh = 0, worst_detector = 0;
    int faces = 0;
    for (const fs::path& file : files) {
        const Image picture = read_jpeg(file);
        const auto face = (*pipeline)->observe(picture);
        if (!face)
            continue;
        const auto [own, oracle] = embedder.run(align(as_rgb(picture), face->five).data);
        worst_cosine = std::min(worst_cosine, cosine(own, oracle));
        worst = std::max(worst, largest_difference(own, oracle));
        const double of_integers =
            cosine(integers.run(align(as_rgb(picture), face->five).data).first, oracle);
        worst_of_integers = std::min(worst_of_integers, of_integers);
        sum_of_integers += of_integers;
        const auto [points, same_points] = mesh.run(scaled(picture, 192, 192).pixels.data());
        worst_mesh = std::max(worst_mesh, largest_difference(points, same_points));
        const auto [boxes, same_boxes] = detector.run(scaled(picture, 128, 128).pixels.data());
        worst_detector = std::max(worst_detector, largest_difference(boxes, same_boxes));
        if (++faces == 1000)
            break;
    }
    ASSERT_GT(faces, 0) << "no face in any JPEG file of that folder";
    std::printf(
        "%d faces: template cosine >= %.7f, differences <= %.2g (template), %.2g (mesh), %.2g (detector)\n",
        faces, worst_cosine, static_cast<double>(worst), static_cast<double>(worst_mesh),
        static_cast<double>(worst_detector));
    std::printf("with integers: template cosine %.7f in the mean, >= %.7f\n", sum_of_integers / faces,
                worst_of_integers);
    EXPECT_GE(sum_of_integers / faces, 0.9999);
    EXPECT_GE(worst_of_integers, 0.9995);
    EXPECT_GE(worst_cosine, 0.9999);
    EXPECT_LE(worst, tolerance);
    EXPECT_LE(worst_mesh, tolerance);
    EXPECT_LE(worst_detector, tolerance);
}

} // namespace
} // namespace kaomon::face
