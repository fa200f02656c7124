#include "tools/evaluate/presentation.hpp"

#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/simulated/scene.hpp"

#include <fstream>
#include <iterator>

namespace kaomon::evaluate {
namespace {

namespace sim = camera::simulated;

constexpr int longest_side = 4096; // pixels
constexpr int width = 640, height = 480;

// Takes pictures and answers.
struct Onlooker {
    face::Pipeline& pipeline;
    const Conditions& conditions;
    liveness::Watch watch{};
    Answer counts{};
    std::uint64_t number = 0;

    bool enough() const { return static_cast<double>(number) >= conditions.seconds * conditions.rate; }
    void look(const Image& picture) {
        std::optional<face::Observation> face;
        if (auto seen = pipeline.observe(picture))
            face = *seen;
        const auto time =
            std::chrono::milliseconds(1000 * number / static_cast<std::uint64_t>(conditions.rate));
        watch.add(picture, face, Instant(time), number++);
        ++counts.frames;
        counts.with_face += face.has_value();
    }
    Answer answer() const {
        Answer made = classify(watch.evidence(), conditions.required);
        made.frames = counts.frames, made.with_face = counts.with_face;
        return made;
    }
};

Result<Image> read_still(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::vector<char> bytes((std::istreambuf_iterator<char>(in)), {});
    Image still = camera::decode_jpeg({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()},
                                      longest_side);
    if (still.empty())
        return fail(Reason::parameter_invalid, "a still that is not a baseline JPEG");
    return still;
}

} // namespace

Answer classify(std::vector<liveness::Evidence> evidence, std::span<const liveness::Kind> required) {
    evidence = liveness::all_kinds(std::move(evidence));
    Answer answer;
    for (std::size_t i = 0; i < evidence.size() && i < answer.kinds.size(); ++i)
        answer.kinds[i] = evidence[i].outcome;
    const auto against = liveness::veto(evidence, required);
    answer.classification = !against                                    ? Classification::bona_fide
                            : *against == Reason::liveness_not_assessed ? Classification::no_response
                                                                        : Classification::attack;
    return answer;
}

Answer present(face::Pipeline& pipeline, const std::vector<SecretBytes>& frames,
               const Conditions& conditions) {
    Onlooker onlooker{pipeline, conditions};
    for (const SecretBytes& frame : frames) {
        if (onlooker.enough())
            break;
        if (const Image picture = camera::decode_jpeg(frame, longest_side); !picture.empty())
            onlooker.look(picture);
    }
    return onlooker.answer();
}

Result<Answer> present(face::Pipeline& pipeline, const std::filesystem::path& still,
                       sim::Presentation presentation, std::uint64_t seed, const Conditions& conditions) {
    const auto photograph = read_still(still);
    if (!photograph)
        return std::unexpected(photograph.error());
    const auto face = pipeline.observe(*photograph);
    if (!face)
        return std::unexpected(face.error());
    const auto& five = face->five;
    auto stage = std::make_shared<sim::Stage>();
    stage->settings.rate = conditions.rate;
    stage->settings.seed = seed;
    stage->settings.format = camera::PixelFormat::mjpeg;
    stage->settings.presentation = presentation;
    stage->stills.push_back(sim::paint(
        *photograph, {.eyes = sim::Eyes{five[0].x, five[0].y, five[1].x, five[1].y}}, width, height));
    sim::Scene scene(stage, 0);
    Onlooker onlooker{pipeline, conditions};
    while (!onlooker.enough())
        onlooker.look(camera::decode_jpeg(scene.frame(onlooker.number, false), longest_side));
    return onlooker.answer();
}

} // namespace kaomon::evaluate
