// The networks of the face against their rivals, in one process and in turn: own engine, OpenCV DNN and,
// where KAOMON_ONNXRUNTIME and KAOMON_OPENVINO name their libraries, ONNX Runtime and OpenVINO; then what a
// frame and a photograph cost. Prints a table of medians and speeds; with --json FILE writes the same as
// JSON.
//
// One thread is measured by its CPU time, so that what else runs on the machine falls out; the
// photograph with its caged process by the clock on the wall.
#include "daemon/face/align_cv.hpp"
#include "daemon/face/embedder_cv.hpp"
#include "daemon/face/engine/engine.hpp"
#include "daemon/face/mesh_cv.hpp"
#include "daemon/face/model_store.hpp"
#include "daemon/face/picture_cv.hpp"
#include "daemon/face/pipeline.hpp"
#include "daemon/face/stream.hpp"
#include "daemon/photo/decoder.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/camera/frame.hpp"
#include "tests/bench/camera_frame.hpp"
#include "tests/bench/card_photograph.hpp"
#include "tests/bench/must.hpp"
#include "tests/bench/onnxruntime.hpp"
#include "tests/bench/openvino.hpp"
#include "tests/bench/table.hpp"
#include "tests/daemon/face/oracle.hpp"

#include <fmt/format.h>
#include <immintrin.h>
#include <opencv2/core.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace kaomon::bench {
namespace {

using face::Backend;
using face::Network;

constexpr const char* models = KAOMON_SOURCE_DIR "/models";

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
    Networks() : store_(must(face::ModelStore::open(models))) {
        const auto named = [](const char* variable) {
            const char* const library = std::getenv(variable);
            return std::string(library ? library : "");
        };
        onnxruntime = named("KAOMON_ONNXRUNTIME"), openvino = named("KAOMON_OPENVINO");
    }
    std::string onnxruntime, openvino; // libraries; empty: none
    std::shared_ptr<Network> own(const Net& net, face::engine::Arithmetic arithmetic,
                                 const face::engine::Kernels& kernels) const {
        return must(face::engine::open(must(face::engine::read_model(file(net.name))), arithmetic, kernels));
    }
    ByteView file(const std::string& name) const { return must(store_.find(name))->file; }

    // Each net on noise: own with every instruction set that is here (and with integers where it has some),
    // OpenCV, ONNX Runtime, OpenVINO.
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
        Row made{.task = net.name, .work = net.work};
        for (const auto set : values<face::engine::InstructionSet>()) {
            const auto* const kernels = face::engine::kernels_for(set);
            if (!kernels)
                continue;
            const std::string name = "own " + std::string(word(set));
            if (net.name == "embedder")
                made.contestants.push_back(
                    {name + " int16", runs(own(net, face::engine::Arithmetic::int16, *kernels))});
            if (set != face::engine::InstructionSet::avx_vnni) // whose floats are those of AVX2
                made.contestants.push_back(
                    {name + " fp32", runs(own(net, face::engine::Arithmetic::fp32, *kernels))});
        }
        made.contestants.push_back(
            {"OpenCV", runs(face::open_oracle(net.name, {net.side, net.side, net.oracle_outputs}))});
        const std::string published = KAOMON_SOURCE_DIR "/models/oracle/" + net.name + ".onnx";
        if (std::shared_ptr<OnnxRuntime> rival =
                OnnxRuntime::open(onnxruntime, published, net.input, net.side, net.oracle_outputs))
            made.contestants.push_back({"ONNX Runtime", [rival] { rival->run(); }});
        for (const std::string precision : {"f32", "bf16"}) {
            if (std::shared_ptr<OpenVino> rival = OpenVino::open(openvino, published, precision, net.side))
                made.contestants.push_back({"OpenVINO " + precision, [rival] { rival->run(); }});
        }
        return made;
    }

  private:
    face::ModelStore store_;
};

// ---- from a frame to a template, first detection ----

const std::vector<std::pair<std::string, Backend>> own_and_opencv{
    {"own int16", Backend::own_int16}, {"own fp32", Backend::own_fp32}, {"OpenCV", Backend::opencv}};

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

Row frame_to_template(const Networks& networks) {
    Row row{.task = "frame to template"};
    for (const auto& [name, backend] : own_and_opencv) {
        row.contestants.push_back({name, [one = std::make_shared<Path>(networks, backend)] { (*one)(); }});
    }
    return row;
}

// ---- a followed face, to its quality ----

struct Followed {
    explicit Followed(Backend backend) : pipeline(must(face::Pipeline::load(models, backend))) {}
    void operator()() {
        (void)must(stream.look(must(camera::decode(frame)), now));
        now += Milliseconds{33};
    }
    std::unique_ptr<face::Pipeline> pipeline;
    face::Stream stream{*pipeline};
    camera::Frame frame = mjpeg_frame();
    Instant now{std::chrono::hours{1}};
};

Row tracked_frame() {
    Row row{.task = "tracked frame",
            .note = "MJPEG 640x480 -> mesh -> quality; the detector looks at every seventh frame, which "
                    "medians leave out"};
    for (const auto& [name, backend] : own_and_opencv)
        if (backend != Backend::own_fp32) // differs in the embedder only
            row.contestants.push_back({name, [one = std::make_shared<Followed>(backend)] { (*one)(); }});
    return row;
}

// ---- from the card's photograph to its template ----

struct Reference {
    SecretBytes photograph = card_photograph("obama.jpg");
    std::unique_ptr<photo::Decoder> decoder = must(photo::Decoder::start(KAOMON_PHOTO));
    std::unique_ptr<face::Pipeline> pipeline = must(face::Pipeline::load(models));
    Image picture = must(decoder->decode(photograph));
    face::Observation face = must(pipeline->observe(picture));

    // As at the desk: the next worker has long been ready, and the camera's frames are looked at meanwhile.
    void next_patient() {
        decoder->renew();
        for (int frame = 0; frame < 8; ++frame)
            (void)must(pipeline->observe(picture));
    }
};

Row photograph_to_template() {
    const auto reference = std::make_shared<Reference>();
    const auto next = [reference] { reference->next_patient(); };
    return {.task = "photograph, wall",
            .contestants = {
                {"to template",
                 [reference] {
                     const Image picture = must(reference->decoder->decode(reference->photograph));
                     (void)must(reference->pipeline->reference(picture));
                 },
                 next},
                {"one embedding",
                 [reference] { (void)must(reference->pipeline->embed(reference->picture, reference->face)); },
                 next}}};
}

// ----

int run(const char* json) {
    must(open_secret_arena(std::size_t{256} << 20)); // as the daemon has it, for all that contest here
    const Networks networks;
    std::vector<Row> rows;
    double peak = 0;
    for (const Net& net : nets) {
        Row row = networks.row(net);
        row.contestants.push_back({"peak", [] { multiply_add(peak_rounds); }});
        contest(row.contestants, net.work > 1e8 ? 25 : 60, Clock::thread);
        peak = peak_work / (row.contestants.back().median() * 1e6);
        row.contestants.pop_back();
        rows.push_back(std::move(row));
    }
    rows.push_back(frame_to_template(networks));
    contest(rows.back().contestants, 25, Clock::thread);
    rows.push_back(tracked_frame());
    contest(rows.back().contestants, 60, Clock::thread);

    Row photograph = photograph_to_template(); // its cage works in another process
    contest(photograph.contestants, 60, Clock::wall);
    const auto& times = photograph.contestants;
    photograph.note = fmt::format("one embedding and {:.2f} ms (minima: {:.2f}), cage included",
                                  times[0].median() - times[1].median(), times[0].least() - times[1].least());
    rows.push_back(std::move(photograph));
    print(rows, peak);
    const auto say = [&](const char* name, const std::string& version) {
        const bool contested = std::ranges::any_of(
            rows.front().contestants, [&](const Contestant& one) { return one.name.starts_with(name); });
        const std::string which = contested
                                      ? std::string(name) + " " + version + ", one thread."
                                      : "Without " + std::string(name) + ", which is not there or refused.";
        std::printf("%s\n", which.c_str());
    };
    say("ONNX Runtime", OnnxRuntime::version(networks.onnxruntime));
    say("OpenVINO", OpenVino::version(networks.openvino));
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
