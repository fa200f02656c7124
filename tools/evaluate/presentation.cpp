#include "tools/evaluate/presentation.hpp"

#include "daemon/screen/light.hpp"
#include "daemon/visit/face_part.hpp"
#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/simulated/scene.hpp"
#include "tools/evaluate/patient_screen.hpp"
#include "tools/evaluate/played_camera.hpp"
#include "tools/evaluate/portrait.hpp"
#include "tools/evaluate/request.hpp"

#include <cmath>
#include <fstream>
#include <iterator>

namespace kaomon::evaluate {
namespace {

namespace sim = camera::simulated;

constexpr int longest_side = 4096; // pixels
constexpr int width = 640, height = 480;

// The part of a still that shows the person as a desk's camera does at 52 to 66 cm: the eyes 68 to 84 pixels
// apart.
sim::Part seated(const face::Observation& face, std::uint64_t seed) {
    constexpr float eye_line = 0.42F;                                               // of the picture's height
    const float eye_distance = 68 + 16 * static_cast<float>(sim::next_share(seed)); // pixels
    const auto &left = face.five[0], &right = face.five[1];
    const float scale = std::hypot(right.x - left.x, right.y - left.y) / eye_distance;
    const float middle_x = (left.x + right.x) / 2, middle_y = (left.y + right.y) / 2;
    const auto whole = [](float value) { return static_cast<int>(std::lround(value)); };
    return {.region =
                sim::Region{whole(middle_x - scale * width / 2), whole(middle_y - scale * height * eye_line),
                            whole(scale * width), whole(scale * height)},
            .eyes = sim::Eyes{left.x, left.y, right.x, right.y}};
}

class Recorded final : public Film {
  public:
    explicit Recorded(const std::vector<SecretBytes>& frames) : frames_(frames) {}
    SecretBytes frame(std::uint64_t number) override {
        return number < frames_.size() ? frames_[number] : SecretBytes{};
    }

  private:
    const std::vector<SecretBytes>& frames_;
};

class Rendered final : public Film {
  public:
    explicit Rendered(std::shared_ptr<const sim::Stage> stage) : scene_(std::move(stage), 0) {}
    SecretBytes frame(std::uint64_t number) override { return scene_.frame(number, false); }
    camera::ExposureRange exposure_range() const override { return sim::scene_exposure; }
    void expose(float stops) override { scene_.expose(stops); }
    void ask(fault::Ask what, double seconds) override { scene_.ask(what, seconds); }
    void light(const fault::Rgb& colour) override { scene_.light(colour); }

  private:
    sim::Scene scene_;
};

// The patient screen's side of a visit: what it shows, the film sees and the face's part hears of.
void shine(const PatientScreen& screen, visit::FacePart& part, Instant now) {
    capture::Light light{.available = true, .shown = {}};
    for (const auto& [since, colour] : screen.shown(now))
        light.shown.push_back({since, colour});
    part.light(light);
}

std::vector<fault::Rgb> drawn_colours(std::uint64_t random) {
    std::vector<fault::Rgb> colours;
    for (const auto& colour : screen::drawn_light(random))
        colours.push_back({colour.red, colour.green, colour.blue});
    return colours;
}

// A visit's face part before that film. `photo`: of the visit's card (JP2); empty: none is known. `seed`:
// what is asked is drawn from it.
Result<Answer> play(const Device& device, Film& film, const Conditions& conditions, const SecretBytes& photo,
                    std::uint64_t seed) {
    PlayedCamera camera(film, conditions.rate, conditions.seconds);
    capture::Demands demands = conditions.demands;
    demands.asks_with_photograph = !photo.empty();
    demands.random = [state = seed]() mutable { return sim::next_random(state); };
    visit::FacePart part({camera, device.pipeline, device.decoder}, demands);
    std::optional<visit::FaceEvent> event = part.begin();
    if (!photo.empty()) {
        const auto made = part.make_reference(photo);
        if (const auto* failed = std::get_if<visit::ReferenceFailed>(&made)) {
            part.end(); // no trace of it stays for the next one
            return std::unexpected(failed->why);
        }
    }
    Answer answer;
    PatientScreen screen;
    while (part.looking()) {
        if (conditions.screen) {
            if (const auto colour = screen.changes(camera.now()))
                film.light(*colour);
            shine(screen, part, camera.now());
        }
        event = part.look();
        if (event && std::holds_alternative<visit::FaceWantsLight>(*event))
            screen.show(drawn_colours(seed), camera.now());
        const auto* hint = event ? std::get_if<visit::FaceHint>(&*event) : nullptr;
        if (hint == nullptr)
            continue;
        const auto wanted = asked_by(hint->hint);
        answer.hint = hint->hint;
        answer.asked = answer.asked || wanted != fault::Ask::none;
        film.ask(wanted, camera.played());
    }
    const auto evidence = part.evidence();
    for (std::size_t i = 0; i < answer.kinds.size(); ++i)
        answer.kinds[i] = evidence[i].outcome;
    answer.seconds = camera.played();
    if (event && std::holds_alternative<visit::FaceReady>(*event))
        answer.classification = Classification::bona_fide;
    else if (!camera.over() && liveness::veto(evidence, {}))
        answer.classification = Classification::attack;
    part.end();
    return answer;
}

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

Answer present(const Device& device, const std::vector<SecretBytes>& frames, const Conditions& conditions) {
    Recorded film(frames);
    return play(device, film, conditions, {}, 1).value(); // fails for the card's photograph only
}

Result<Answer> present(const Device& device, const std::filesystem::path& still, const Species& species,
                       std::uint64_t seed, const Conditions& conditions, bool card) {
    const auto photograph = read_still(still);
    if (!photograph)
        return std::unexpected(photograph.error());
    const auto face = device.pipeline.observe(*photograph);
    if (!face)
        return std::unexpected(face.error());
    auto stage = std::make_shared<sim::Stage>();
    stage->settings.rate = conditions.rate;
    stage->settings.seed = seed;
    stage->settings.format = camera::PixelFormat::mjpeg;
    stage->settings.presentation = species.presentation;
    stage->settings.attacker = species.attacker;
    stage->stills.push_back(
        sim::paint(*photograph, seated(*face, seed), width, height, sim::seat_of(species.presentation)));
    Rendered film(std::move(stage));
    if (!card)
        return play(device, film, conditions, {}, seed);
    const auto photo = card_photograph(*photograph, *face);
    if (!photo)
        return std::unexpected(photo.error());
    return play(device, film, conditions, *photo, seed);
}

} // namespace kaomon::evaluate
