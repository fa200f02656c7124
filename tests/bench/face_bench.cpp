// The networks of the face against their rivals, in one process and in turn: own engine, OpenCV DNN and,
// where KAOMON_ONNXRUNTIME names its library, ONNX Runtime. Prints a table of medians and speeds; with --json
// FILE writes the same as JSON.
//
// One thread is measured by its CPU time, so that what else runs on the machine falls out; two threads by the
// clock on the wall, in a turn of their own.
#include "daemon/face/align_cv.hpp"
#include "daemon/face/embedder_cv.hpp"
#include "daemon/face/engine/crew.hpp"
#include "daemon/face/mesh_cv.hpp"
#include "daemon/face/model_store.hpp"
#include "daemon/face/picture_cv.hpp"
#include "drivers/camera/frame.hpp"
#include "tests/bench/camera_frame.hpp"
#include "tests/bench/contest.hpp"
#include "tests/bench/onnxruntime.hpp"
#include "tests/daemon/face/oracle.hpp"

#include <immintrin.h>
#include <opencv2/core.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace kaomon::bench {
namespace {

using face::Backend;
using face::Network;

template<class T>
T must(Result<T> result) {
    if (!result)
        throw std::runtime_error(std::string(word(result.error().reason)) + ": " + result.error().detail);
    return std::move(*result);
}

// ---- the core's peak ----

// Twelve sums that do not wait for each other: as many multiplications as the core can do.
[[gnu::target("avx2,fma"), gnu::noinline]] void multiply_add(int rounds) {
    __m256 sums[12];
    const __m256 factor = _mm256_set1_ps(0.5F), more = _mm256_set1_ps(0.25F);
#pragma GCC unroll 12
    for (int i = 0; i < 12; ++i)
        sums[i] = _mm256_set1_ps(static_cast<float>(i)); // all different: equal ones would be computed once
    for (int i = 0; i < rounds; ++i) {
#pragma GCC unroll 12
        for (auto& sum : sums)
            sum = _mm256_fmadd_ps(sum, factor, more);
    }
    __m256 all = _mm256_setzero_ps();
#pragma GCC unroll 12
    for (const auto& sum : sums)
        all = _mm256_add_ps(all, sum);
    volatile float kept = _mm256_cvtss_f32(all);
    (void)kept;
}
constexpr int peak_rounds = 100'000;
constexpr double peak_work = peak_rounds * 12.0 * 8; // multiplications

// ---- the table ----

struct Row {
    std::string task;
    std::vector<Contestant> contestants;
    double work = 0; // multiplications, 0: not told
    // How many times as fast as the one all are held against: OpenCV, or else the first.
    double speed(const Contestant& one) const {
        const auto opencv = std::ranges::find(contestants, "OpenCV", &Contestant::name);
        return (opencv == contestants.end() ? contestants.front() : *opencv).median() / one.median();
    }
};

void print(const std::vector<Row>& rows, double peak) {
    std::printf("%-18s %-16s %8s %8s %7s %8s\n", "", "", "min ms", "median", "speed", "of peak");
    for (const Row& row : rows) {
        for (const Contestant& one : row.contestants) {
            std::printf("%-18s %-16s %8.3f %8.3f %6.2fx", row.task.c_str(), one.name.c_str(), one.least(),
                        one.median(), row.speed(one));
            if (row.work > 0)
                std::printf(" %7.1f%%", 100 * row.work / (one.median() * 1e6) / peak);
            std::printf("\n");
        }
    }
    std::printf("speed: by the medians, of OpenCV or the row's first. Peak: %.1f GMAC/s of fp32 fused "
                "multiply-add, measured in turn with the embedder.\n",
                peak);
}

void write_json(const char* path, const std::vector<Row>& rows, double peak) {
    std::ofstream file(path);
    file << "{\"peak_gmac_per_second\": " << peak << ", \"rows\": [";
    const char* comma = "";
    for (const Row& row : rows) {
        for (const Contestant& one : row.contestants) {
            file << comma << "\n  {\"task\": \"" << row.task << "\", \"contestant\": \"" << one.name
                 << "\", \"min_ms\": " << one.least() << ", \"median_ms\": " << one.median()
                 << ", \"speed\": " << row.speed(one);
            if (row.work > 0)
                file << ", \"share_of_peak\": " << row.work / (one.median() * 1e6) / peak;
            file << "}";
            comma = ",";
        }
    }
    file << "\n]}\n";
    if (!file)
        throw std::runtime_error(std::string("cannot write ") + path);
}

// ---- the networks ----

struct Net {
    std::string name, input;
    int side;
    double work; // multiplications
    std::vector<std::string> outputs, oracle_outputs;
};
const std::vector<Net> nets{
    {"detector",
     "input",
     128,
     31e6,
     {"regressors.0", "regressors.1", "classificators.0", "classificators.1"},
     {"regressors", "classificators"}},
    {"mesh", "input", 192, 35e6, {"conv2d_20", "conv2d_30"}, {"conv2d_20", "conv2d_30"}},
    {"embedder", "data", 112, 574e6, {"fc1"}, {"fc1"}},
};

class Networks {
  public:
    Networks() : store_(must(face::ModelStore::open(KAOMON_SOURCE_DIR "/models"))) {
        const char* const library = std::getenv("KAOMON_ONNXRUNTIME");
        library_ = library ? library : "";
    }
    std::shared_ptr<Network> own(const Net& net, Backend backend,
                                 std::shared_ptr<face::Crew> crew = {}) const {
        return must(
            face::open_network(file(net.name), {net.side, net.side, net.outputs}, backend, std::move(crew)));
    }
    ByteView file(const std::string& name) const { return must(store_.find(name))->file; }

    // Each net on noise: own (with integers where it has some), OpenCV, ONNX Runtime.
    Row row(const Net& net) const {
        const auto pixels =
            std::make_shared<Bytes>(static_cast<std::size_t>(net.side * net.side * 3), std::uint8_t{90});
        for (std::size_t i = 0; i < pixels->size(); ++i)
            (*pixels)[i] = static_cast<std::uint8_t>(i * 2'654'435'761U >> 13);
        const auto runs = [&](std::shared_ptr<Network> network) {
            return [network, pixels, row = static_cast<std::size_t>(net.side) * 3] {
                if (!network->run({.first = pixels->data(), .row = row, .factor = 1 / 128.F, .offset = -1}))
                    throw std::runtime_error("a network could not be run");
            };
        };
        Row made{.task = net.name, .contestants = {}, .work = net.work};
        if (net.name == "embedder")
            made.contestants.push_back({"own int16", runs(own(net, Backend::own_int16)), {}});
        made.contestants.push_back({"own fp32", runs(own(net, Backend::own_fp32)), {}});
        made.contestants.push_back(
            {"OpenCV", runs(face::open_oracle(net.name, {net.side, net.side, net.oracle_outputs})), {}});
        if (std::shared_ptr<OnnxRuntime> rival =
                OnnxRuntime::open(library_, KAOMON_SOURCE_DIR "/models/oracle/" + net.name + ".onnx",
                                  net.input, net.side, net.oracle_outputs))
            made.contestants.push_back({"ONNX Runtime", [rival] { rival->run(); }, {}});
        return made;
    }
    Row threads(const Net& net) const {
        Row made{.task = net.name + ", wall", .contestants = {}, .work = 0};
        const auto pixels =
            std::make_shared<Bytes>(static_cast<std::size_t>(net.side * net.side * 3), std::uint8_t{90});
        for (const bool two : {false, true}) {
            auto network = own(net, Backend::own_int16, two ? std::make_shared<face::Crew>() : nullptr);
            made.contestants.push_back({two ? "two threads" : "one thread",
                                        [network, pixels, row = static_cast<std::size_t>(net.side) * 3] {
                                            (void)network->run({.first = pixels->data(), .row = row});
                                        },
                                        {}});
        }
        return made;
    }
    std::string library() const { return library_; }

  private:
    face::ModelStore store_;
    std::string library_;
};

// ---- from a frame to a template, first detection ----

struct Path {
    Path(const Networks& networks, Backend backend)
        : detector(must(face::Detector::open(networks.file("detector"), backend))),
          mesh(must(face::Mesh::open(networks.file("mesh"), backend))),
          embedder(must(face::Embedder::open(networks.file("embedder"), backend))) {}
    void operator()() {
        const Image picture = must(camera::decode(frame));
        const cv::Mat rgb = face::as_rgb(picture);
        const auto faces = must(detector.find(rgb));
        const auto found = must(mesh.fit(rgb, faces.at(0)));
        (void)must(embedder.embed(face::align(rgb, face::five_points(found.points))));
    }
    camera::Frame frame = mjpeg_frame();
    face::Detector detector;
    face::Mesh mesh;
    face::Embedder embedder;
};

int run(const char* json) {
    const Networks networks;
    std::vector<Row> rows;
    double peak = 0;
    for (const Net& net : nets) {
        Row row = networks.row(net);
        row.contestants.push_back({"peak", [] { multiply_add(peak_rounds); }, {}});
        contest(row.contestants, net.work > 1e8 ? 25 : 60, Clock::thread);
        peak = peak_work / (row.contestants.back().median() * 1e6);
        row.contestants.pop_back();
        rows.push_back(std::move(row));
    }
    Row path{.task = "frame to template", .contestants = {}, .work = 0};
    for (const auto& [name, backend] : {std::pair("own int16", Backend::own_int16),
                                        {"own fp32", Backend::own_fp32},
                                        {"OpenCV", Backend::opencv}})
        path.contestants.push_back(
            {name, [one = std::make_shared<Path>(networks, backend)] { (*one)(); }, {}});
    contest(path.contestants, 25, Clock::thread);
    rows.push_back(std::move(path));
    Row threads = networks.threads(nets.back());
    contest(threads.contestants, 25, Clock::wall);
    rows.push_back(std::move(threads));
    print(rows, peak);
    if (const std::string library = networks.library(); library.empty())
        std::printf("Without ONNX Runtime: KAOMON_ONNXRUNTIME does not name its library.\n");
    else
        std::printf("ONNX Runtime %s, one thread.\n", OnnxRuntime::version(library).c_str());
    if (json)
        write_json(json, rows, peak);
    return 0;
}

} // namespace
} // namespace kaomon::bench

int main(int count, char** words) {
    const std::string_view first = count > 1 ? words[1] : "";
    if (count == 1 || (count == 3 && first == "--json")) {
        try {
            return kaomon::bench::run(count == 3 ? words[2] : nullptr);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "face_bench: %s\n", error.what());
            return 1;
        }
    }
    std::fprintf(first == "--help" ? stdout : stderr, "usage: face_bench [--json FILE]\n");
    return first == "--help" ? 0 : 2;
}
