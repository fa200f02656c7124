#include "tools/evaluate/presentation.hpp"

#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/metering.hpp"
#include "drivers/camera/simulated/scene.hpp"
#include "tools/evaluate/portrait.hpp"

#include <cmath>
#include <fstream>
#include <iterator>

namespace kaomon::evaluate {
namespace {

namespace sim = camera::simulated;

constexpr int longest_side = 4096; // pixels
constexpr int width = 640, height = 480;

// The part of a still that shows the person as a desk's camera does at 60 cm: the eyes 75 pixels apart.
sim::Part seated(const face::Observation& face) {
    constexpr float eye_distance = 75, eye_line = 0.42F; // pixels; of the picture's height
    const auto &left = face.five[0], &right = face.five[1];
    const float scale = std::hypot(right.x - left.x, right.y - left.y) / eye_distance;
    const float middle_x = (left.x + right.x) / 2, middle_y = (left.y + right.y) / 2;
    const auto whole = [](float value) { return static_cast<int>(std::lround(value)); };
    return {.region =
                sim::Region{whole(middle_x - scale * width / 2), whole(middle_y - scale * height * eye_line),
                            whole(scale * width), whole(scale * height)},
            .eyes = sim::Eyes{left.x, left.y, right.x, right.y}};
}

// Shows pictures to what the daemon shows its camera's to.
class Visit {
  public:
    Visit(face::Pipeline& pipeline, const Conditions& conditions)
        : capture_(pipeline, conditions.demands), conditions_(conditions) {}

    bool ended() const { return decided_ || seconds() >= conditions_.seconds; }
    Instant now() const { return Instant(Milliseconds(static_cast<std::int64_t>(1000 * seconds()))); }
    std::uint64_t number() const { return number_; } // of the next frame

    capture::Step look(const Image& picture) {
        auto step = capture_.look(picture, now(), number_++);
        if (step.hint)
            answer_.hint = step.hint;
        if (step.veto || step.probe) {
            decided_ = true;
            answer_.classification = step.veto ? Classification::attack : Classification::bona_fide;
        }
        return step;
    }
    void exposed(Instant when) { capture_.exposed(when); }
    void photograph(const Image& picture, const face::Observation& face) {
        capture_.photograph(picture, face);
    }
    Answer answer() const {
        Answer made = answer_;
        made.seconds = seconds();
        const auto evidence = capture_.evidence();
        for (std::size_t i = 0; i < made.kinds.size(); ++i)
            made.kinds[i] = evidence[i].outcome;
        return made;
    }

  private:
    double seconds() const { return static_cast<double>(number_) / conditions_.rate; }

    capture::Transaction capture_;
    const Conditions& conditions_;
    Answer answer_;
    std::uint64_t number_ = 0;
    bool decided_ = false;
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

Answer present(face::Pipeline& pipeline, const std::vector<SecretBytes>& frames,
               const Conditions& conditions) {
    Visit visit(pipeline, conditions);
    for (const SecretBytes& frame : frames) {
        if (visit.ended())
            break;
        if (const Image picture = camera::decode_jpeg(frame, longest_side); !picture.empty())
            visit.look(picture);
    }
    return visit.answer();
}

Result<Answer> present(face::Pipeline& pipeline, const std::filesystem::path& still,
                       camera::Presentation presentation, std::uint64_t seed, const Conditions& conditions,
                       photo::Decoder* photographs) {
    const auto photograph = read_still(still);
    if (!photograph)
        return std::unexpected(photograph.error());
    const auto face = pipeline.observe(*photograph);
    if (!face)
        return std::unexpected(face.error());
    auto stage = std::make_shared<sim::Stage>();
    stage->settings.rate = conditions.rate;
    stage->settings.seed = seed;
    stage->settings.format = camera::PixelFormat::mjpeg;
    stage->settings.presentation = presentation;
    stage->stills.push_back(sim::paint(*photograph, seated(*face), width, height));
    sim::Scene scene(stage, 0);
    camera::Metering metering(sim::scene_exposure);
    Visit visit(pipeline, conditions);
    if (photographs != nullptr) {
        const auto card = as_card_portrait(*photograph, *face, *photographs);
        if (!card)
            return std::unexpected(card.error());
        const auto reference = pipeline.reference(*card);
        if (!reference)
            return std::unexpected(reference.error());
        visit.photograph(*card, reference->face);
    }
    while (!visit.ended()) {
        const Instant now = visit.now();
        const auto step = visit.look(camera::decode_jpeg(scene.frame(visit.number(), false), longest_side));
        if (const auto stops = metering.next(step.luminance, now)) {
            scene.expose(*stops);
            visit.exposed(now);
        }
    }
    return visit.answer();
}

} // namespace kaomon::evaluate
