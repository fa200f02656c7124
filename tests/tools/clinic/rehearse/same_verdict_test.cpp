// The rehearsal decides as the daemon at that desk would: every setting that changes the verdict of the one
// changes that of the other to the same. Both are wired from one configuration; card and camera are
// simulated.
#include "daemon/session/card_thread.hpp"
#include "daemon/session/face_thread.hpp"
#include "daemon/wiring/camera.hpp"
#include "daemon/wiring/desk.hpp"
#include "daemon/wiring/face.hpp"
#include "daemon/wiring/reader.hpp"
#include "drivers/camera/jpeg.hpp"
#include "drivers/card/simulated/simulated_reader.hpp"
#include "tests/daemon/match/templates.hpp"
#include "tools/clinic/rehearse/test_visit.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace kaomon::rehearse {
namespace {

using namespace std::chrono_literals;
using card::simulated::SimulatedReader;

const std::filesystem::path source = KAOMON_SOURCE_DIR;
// Where the eyes are makes a still a living head.
const std::string holder = (source / "models/demo/obama2.jpg").string() + "#eyes=251,370,374,384";
constexpr Date today = 2026y / std::chrono::November / 24;

// A still whose every grey level is a third.
void write_dark(const std::filesystem::path& still, const std::filesystem::path& out) {
    std::ifstream in(still, std::ios::binary);
    Image picture = camera::decode_jpeg(Bytes{std::istreambuf_iterator<char>(in), {}}, 4096);
    for (auto& value : picture.pixels)
        value = static_cast<std::uint8_t>(value / 3);
    const SecretBytes jpeg = camera::encode_jpeg(picture, 92);
    std::ofstream(out, std::ios::binary)
        .write(reinterpret_cast<const char*>(jpeg.data()), static_cast<std::streamsize>(jpeg.size()));
}

struct Case {
    config::Config config;
    SimulatedReader::Settings reader{};
    int tries_left = 10; // of the card's verification number
};

class SameVerdict : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        issued = issue_card(*read_photograph(source / "models/demo/obama.jpg"), {}, today).value();
    }
    static void TearDownTestSuite() { issued.reset(); }
    void SetUp() override {
        char name[] = "/tmp/kaomon-same-XXXXXX";
        folder = mkdtemp(name);
        good.config.face.models = source / "models";
        good.config.photo = {KAOMON_PHOTO_WORKER, 5s}; // sanitized
        good.config.camera.source = camera::Source::simulated;
        good.config.camera.stills = {holder};
        good.config.session.deadline = 12s;
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    static std::shared_ptr<card::simulated::Card> card_with(int tries_left) {
        auto contents = issued->card->contents();
        for (auto& application : contents.applications) {
            if (application.name != card::simulated::photo_application)
                continue;
            auto& files = application.files;
            std::ranges::find(files, 0x0012, &card::simulated::File::id)->tries_left =
                static_cast<std::uint8_t>(tries_left);
        }
        return std::make_shared<card::simulated::Card>(contents);
    }
    static visit::CardPolicy policy(const config::Config& config) {
        return {.min_tries = wiring::min_tries(config.card),
                .trust = issued->trust,
                .sign_in_trust = {},
                .today = [] { return today; },
                .now = [] { return std::chrono::sys_days(today).time_since_epoch() / 1s; }};
    }

    match::Verdict rehearsed(const Case& with) const {
        const auto pipeline = wiring::load_pipeline(with.config.face).value();
        const auto decoder = wiring::start_decoder(with.config.photo).value();
        const auto camera = wiring::make_camera(with.config.camera).value();
        SimulatedReader reader(with.reader);
        reader.insert(card_with(with.tries_left));
        const Desk desk{.devices = {*camera, *pipeline, *decoder},
                        .demands = wiring::capture_demands(with.config),
                        .rule = wiring::decision_rule(with.config, *pipeline).value(),
                        .min_tries = wiring::min_tries(with.config.card),
                        .patience = with.config.session.deadline};
        return visit(desk, reader, *issued, today, [](Reason) {}).verdict;
    }

    match::Verdict at_the_desk(const Case& with) const {
        boost::asio::io_context loop;
        auto pipeline = wiring::load_pipeline(with.config.face).value();
        auto decoder = wiring::start_decoder(with.config.photo).value();
        auto camera = wiring::make_camera(with.config.camera).value();
        auto rule = wiring::decision_rule(with.config, *pipeline).value();
        auto key = result::SigningKey::load_or_create(folder / "key.pem").value();
        auto settings =
            wiring::desk_settings(with.config, std::move(rule), *pipeline, *camera, policy(with.config), key);
        session::VerificationDesk desk(loop, std::move(settings), std::move(key),
                                       audit::Log::open({.file = folder / "audit.jsonl"}).value());
        auto reader = std::make_unique<SimulatedReader>(with.reader);
        reader->insert(card_with(with.tries_left));
        desk.attach(
            std::make_unique<session::CardThread>(std::move(reader), policy(with.config),
                                                  [&desk](std::uint64_t visit, visit::CardEvent event) {
                                                      desk.on_card(visit, std::move(event));
                                                  }),
            std::make_unique<session::FaceThread>(
                session::FaceThread::Devices{std::move(camera), std::move(pipeline), std::move(decoder)},
                wiring::capture_demands(with.config), [&desk](std::uint64_t visit, visit::FaceEvent event) {
                    desk.on_face(visit, std::move(event));
                }));
        match::Verdict verdict;
        session::Request request;
        request.nonce = "a-nonce-of-the-test";
        request.access_number =
            card::mynumber::AccessParts{.number = issued->number, .era_year = {}, .security_code = {}};
        const auto begun = desk.begin(std::move(request), [&](const session::Update& update) {
            if (update.verdict) {
                verdict = *update.verdict;
                loop.stop();
            }
        });
        EXPECT_TRUE(begun);
        const auto work = boost::asio::make_work_guard(loop);
        loop.run_for(60s);
        desk.stop();
        return verdict;
    }

    // Both, and the same.
    std::string verdict(const Case& with) const {
        const auto text = [](const match::Verdict& one) {
            return std::string(word(one.decision)) + " " + std::string(word(one.reason));
        };
        const std::string desk = text(at_the_desk(with)), rehearsal = text(rehearsed(with));
        EXPECT_EQ(rehearsal, desk) << "rehearsal against desk";
        return desk;
    }

    static inline std::optional<SimulatedCard> issued;
    std::filesystem::path folder;
    Case good;
};

TEST_F(SameVerdict, AGoodDeskVerifies) {
    EXPECT_EQ(verdict(good), "verified match");
}

TEST_F(SameVerdict, ThePolicysPresence) { // a print that is held still shows none
    good.config.camera.presentation = camera::Presentation::flat;
    good.config.session.deadline = 3s;
    EXPECT_EQ(verdict(good).substr(0, 9), "undecided");
}

TEST_F(SameVerdict, TheLivenessDemanded) {
    good.config.camera.presentation = camera::Presentation::flat;
    good.config.liveness.required = {liveness::Kind::blink};
    good.config.session.deadline = 3s;
    EXPECT_EQ(verdict(good).substr(0, 9), "undecided");
}

TEST_F(SameVerdict,
       ThePopulation) { // of people who all look like the one who comes: then likeness says nothing
    const auto pipeline = wiring::load_pipeline(good.config.face).value();
    const Image picture = *read_photograph(source / "models/demo/obama2.jpg");
    const auto person = pipeline->embed(picture, pipeline->observe(picture).value()).value();
    std::vector<face::Template> alike;
    for (const face::Template& stranger : match::scattered(300)) {
        face::TemplateValues values = stranger.get();
        float length = 0;
        for (std::size_t i = 0; i < values.unit.size(); ++i) {
            values.unit[i] = 0.3F * values.unit[i] + person.get().unit[i];
            length += values.unit[i] * values.unit[i];
        }
        for (float& value : values.unit)
            value /= std::sqrt(length);
        alike.emplace_back(values);
    }
    auto provenance = match::provenance();
    provenance.model = std::ranges::find(pipeline->models(), "embedder", &face::ModelInfo::name)->sha256;
    std::ofstream(folder / "population.txt") << match::Population::of(alike, {}, provenance).value().print();
    good.config.match.population = folder / "population.txt";
    EXPECT_EQ(verdict(good), "not_verified no_match");
}

TEST_F(SameVerdict, TheGate) {
    good.config.face.min_inter_eye_distance = 200;
    good.config.session.deadline = 3s;
    EXPECT_EQ(verdict(good), "undecided face_too_far");
}

TEST_F(SameVerdict,
       TheMetering) { // two stops too dark for the gate, until the camera is told to expose for the face
    write_dark(source / "models/demo/obama2.jpg", folder / "dark.jpg");
    good.config.camera.stills = {(folder / "dark.jpg").string() + "#eyes=251,370,374,384"};
    EXPECT_EQ(verdict(good), "verified match");
}

TEST_F(SameVerdict, TheReadBlock) {
    good.reader.largest_block = 512;
    good.reader.read_block = 1024;
    EXPECT_EQ(verdict(good), "undecided card_error");
}

TEST_F(SameVerdict, TheMinimumTries) {
    good.tries_left = 5;
    EXPECT_EQ(verdict(good), "undecided tries_below_minimum");
    good.config.card.min_tries = 5;
    EXPECT_EQ(verdict(good), "verified match");
}

} // namespace
} // namespace kaomon::rehearse
