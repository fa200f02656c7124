#include "tools/clinic/choose/camera_facts.hpp"
#include "tools/clinic/choose/picture_figures.hpp"
#include "tools/clinic/choose/ranking.hpp"

#include <gtest/gtest.h>

#include <random>

namespace kaomon::choose {
namespace {

using namespace std::chrono;

const Date day = 2026y / November / 25;

LightFacts light(int passed, double sharpness = 120, double noise = 3, double luminance = 110) {
    LightFacts facts;
    facts.frames = 30;
    facts.passed = passed;
    if (passed < 30)
        facts.refused[Reason::face_too_dark] = 30 - passed;
    facts.eyes = std::vector<double>(30, 75);
    facts.sharpness = std::vector<double>(30, sharpness);
    facts.face_luminance = std::vector<double>(30, luminance);
    facts.noise = std::vector<double>(29, noise);
    facts.luminance = std::vector<double>(30, luminance);
    facts.colourful = std::vector<double>(30, 0.6);
    return facts;
}

CameraFacts good() {
    CameraFacts facts;
    facts.camera = "usb-046d_HD_Pro_Webcam_C920-video-index0";
    facts.formats = {"MJPG 1280x720@30"};
    facts.width = 640;
    facts.height = 480;
    facts.centimetres = 50;
    facts.first_frame = {600, 550, 700};
    facts.interval = std::vector<double>(89, 33.3);
    facts.age = std::vector<double>(90, 45);
    facts.faces = true;
    facts.lights = {
        {Light::normal, light(29)}, {Light::dark, light(20, 60, 5, 60)}, {Light::behind, light(18)}};
    return facts;
}

Ranked verdict(const CameraFacts& facts) {
    static Measurement measured;
    measured = measurement_of(facts, "A", day);
    return judge(measured);
}

TEST(CameraCriteria, AGoodCameraPasses) {
    EXPECT_EQ(verdict(good()).grade, Grade::pass) << verdict(good()).reason.en;
    const Measurement measured = measurement_of(good(), "A", day);
    EXPECT_NEAR(*measured.find("frame_rate")->value, 30, 0.1);
    EXPECT_NEAR(*measured.find("gate_pass")->value, 97, 1);
    EXPECT_EQ(measured.find("eyes")->value, 75);
    EXPECT_TRUE(measured.find("colour")->shown.en.starts_with("colour"));
    EXPECT_EQ(measured.series_of("sharpness_dark")->samples.size(), 30U);
}

TEST(CameraCriteria, EachFlawHasItsGradeAndItsSentence) {
    struct Case {
        const char* what;
        std::function<void(CameraFacts&)> flaw;
        Grade grade;
        const char* said;
    };
    const std::vector<Case> cases{
        {"12 frames a second", [](CameraFacts& f) { f.interval.assign(40, 83); }, Grade::conditional,
         "12 frames"},
        {"5 frames a second", [](CameraFacts& f) { f.interval.assign(40, 200); }, Grade::fail, "5 frames"},
        {"stutters",
         [](CameraFacts& f) {
             for (std::size_t i = 0; i < f.interval.size(); i += 5)
                 f.interval[i] = 55;
         },
         Grade::conditional, "stutters"},
        {"drops", [](CameraFacts& f) { f.dropped = 20; }, Grade::conditional, "20 frames were dropped"},
        {"old frames", [](CameraFacts& f) { f.age.assign(90, 180); }, Grade::conditional, "180 ms old"},
        {"small face", [](CameraFacts& f) { f.lights[Light::normal].eyes.assign(30, 50); },
         Grade::conditional, "50 pixels"},
        {"blurred", [](CameraFacts& f) { f.lights[Light::normal].sharpness.assign(30, 4); }, Grade::fail,
         "blurred"},
        {"nobody passes", [](CameraFacts& f) { f.lights[Light::normal] = light(3); }, Grade::fail,
         "too dark"},
        {"blind in the dark", [](CameraFacts& f) { f.lights[Light::dark] = light(0); }, Grade::conditional,
         "needs a light"},
        {"against the light", [](CameraFacts& f) { f.lights[Light::behind] = light(2); }, Grade::conditional,
         "window"},
        {"dark against the light",
         [](CameraFacts& f) { f.lights[Light::behind].face_luminance.assign(30, 50); }, Grade::conditional,
         "level 50"},
        {"noisy", [](CameraFacts& f) { f.lights[Light::dark].noise.assign(29, 12); }, Grade::conditional,
         "noisy"},
        {"dark was left out", [](CameraFacts& f) { f.lights.erase(Light::dark); }, Grade::conditional,
         "not measured"},
        {"no models", [](CameraFacts& f) { f.faces = false; }, Grade::conditional, "not measured"},
        {"unplugged", [](CameraFacts& f) { f.ended = Reason::camera_lost; }, Grade::fail, "went away"},
    };
    for (const Case& one : cases) {
        CameraFacts facts = good();
        one.flaw(facts);
        const Ranked ranked = verdict(facts);
        EXPECT_EQ(ranked.grade, one.grade) << one.what << ": " << ranked.reason.en;
        EXPECT_TRUE(ranked.reason.en.contains(one.said)) << one.what << ": " << ranked.reason.en;
        EXPECT_TRUE(ranked.reason.ja.ends_with("。")) << one.what << ": " << ranked.reason.ja;
    }
}

TEST(CameraCriteria, ColourAndInfraredByWhatThePicturesShow) {
    CameraFacts facts = good();
    facts.camera = "a-camera-called-RGB-colour";
    for (auto& [kind, one] : facts.lights)
        one.colourful.assign(30, 0.001);
    facts.lights[Light::dark].luminance.assign(30, 15);
    EXPECT_EQ(measurement_of(facts, "A", day).find("colour")->shown.en, "grey");
    facts.lights[Light::dark].luminance.assign(30, 90);
    EXPECT_TRUE(measurement_of(facts, "A", day).find("colour")->shown.en.contains("infrared"));
    EXPECT_EQ(measurement_of(facts, "A", day).find("colour")->grade, Grade::conditional);
}

Image noisy(double deviation, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> noise(0, deviation);
    Image picture{160, 120, 3, {}};
    for (int pixel = 0; pixel < 160 * 120; ++pixel) {
        const auto level = static_cast<std::uint8_t>(std::clamp(100 + noise(random), 0.0, 255.0));
        picture.pixels.insert(picture.pixels.end(), 3, level);
    }
    return picture;
}

TEST(PictureFigures, TellNoiseLightAndColour) {
    for (const double deviation : {2.0, 8.0, 20.0}) {
        Image before = noisy(deviation, 1), after = noisy(deviation, 2);
        EXPECT_NEAR(noise_between(before, after), deviation, deviation * 0.1);
        std::fill_n(after.pixels.begin(), after.pixels.size() / 5, std::uint8_t{255}); // somebody's arm
        EXPECT_NEAR(noise_between(before, after), deviation, deviation * 0.4) << "what moves counts little";
    }
    Image picture = noisy(0, 1);
    EXPECT_LT(noise_between(picture, picture), 0.3) << "less than half a level cannot be told";
    EXPECT_NEAR(mean_luminance(picture), 100, 0.5);
    EXPECT_EQ(colourful_share(picture), 0);
    for (std::size_t at = 0; at < picture.pixels.size() / 2; at += 3)
        picture.pixels[at] = 130;
    EXPECT_NEAR(colourful_share(picture), 0.5, 0.01);
    EXPECT_EQ(noise_between(picture, Image{80, 60, 3, {}}), 0);
}

} // namespace
} // namespace kaomon::choose
