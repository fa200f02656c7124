// kaomonctl evaluate liveness on a demo photograph (public domain) and clips made of nothing.
#include "drivers/camera/jpeg.hpp"
#include "tests/daemon/socket/program.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace kaomon {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;
namespace json = boost::json;

struct EvaluateLiveness : ::testing::Test {
    fs::path folder = "/tmp/kaomon-evaluate-liveness-" + std::to_string(getpid());
    const std::string still = KAOMON_SOURCE_DIR "/models/demo/biden.jpg";

    void SetUp() override {
        fs::create_directory(folder);
        ASSERT_TRUE(fs::exists(still)) << "run tools/models/fetch --demo";
    }
    void TearDown() override { fs::remove_all(folder); }

    static testing::Ended ctl(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {KAOMON_BINARY_DIR "/bin/kaomonctl", "--lang", "ja", "evaluate",
                                             "liveness", "--models", KAOMON_SOURCE_DIR "/models", "--worker",
                                             KAOMON_BINARY_DIR "/bin/kaomon-photo"});
        return testing::run_program(arguments);
    }
    std::string read(const char* name) const {
        std::ostringstream text;
        text << std::ifstream(folder / name, std::ios::binary).rdbuf();
        return std::move(text).str();
    }
    // A folder of grey frames, none with a face.
    void grey_clip(const char* name) const {
        fs::create_directory(folder / name);
        for (int i = 0; i < 12; ++i) {
            Image picture{.width = 320, .height = 240, .channels = 3, .pixels = {}};
            for (int pixel = 0; pixel < 320 * 240; ++pixel)
                picture.pixels.insert(picture.pixels.end(), 3,
                                      static_cast<std::uint8_t>(90 + (pixel % 320 + i) / 4));
            const SecretBytes jpeg = camera::encode_jpeg(picture, 90);
            std::ofstream(folder / name / (std::to_string(100 + i) + ".jpg"), std::ios::binary)
                .write(reinterpret_cast<const char*>(jpeg.data()), static_cast<std::streamsize>(jpeg.size()));
        }
    }
};

TEST_F(EvaluateLiveness, CountsRenderedAttacksAndDrawsAPage) {
    const auto ended =
        ctl({"--simulated", still, "--presentations", "turned,frozen,calm", "--policy", "strict", "--seeds",
             "1", "--seconds", "9", "--json", folder / "figures.json", "--html", folder / "figures.html"});
    ASSERT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("APCER"));
    const auto figures = json::parse(read("figures.json"));
    EXPECT_EQ(figures.at("schema").as_string(), "kaomon.liveness/2");
    ASSERT_EQ(figures.at("groups").as_array().size(), 4U)
        << "a print is turned by who knows nothing, and as asked";
    for (const auto& group : figures.at("groups").as_array()) {
        EXPECT_EQ(group.at("presentations").to_number<int>(), 1);
        const bool bona_fide = group.at("kind").as_string() == "bona-fide-calm";
        EXPECT_EQ(group.at(bona_fide ? "bpcer" : "apcer").at("hits").to_number<int>(), 0)
            << group.at("kind").as_string();
        EXPECT_GT(group.at("median_seconds").to_number<double>(), 0) << "each had a response";
    }
    const std::string page = read("figures.html");
    EXPECT_THAT(page, HasSubstr("なりすまし検知の評価"));
    EXPECT_THAT(page, HasSubstr("本人とされた割合（APCER）"));
    EXPECT_THAT(page, Not(HasSubstr("biden"))) << "neither path nor name";
    EXPECT_THAT(page, Not(HasSubstr("<img")));
}

TEST_F(EvaluateLiveness, ADemandThatCouldNeverPassIsRefused) {
    const auto ended = ctl({"--simulated", still, "--required", "blink,flash"});
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.err, HasSubstr("--required flash を使うときは --screen も要ります"));
    const auto unknown = ctl({"--simulated", still, "--required", "nose_length"});
    EXPECT_EQ(unknown.code, 3);
    EXPECT_THAT(unknown.err, HasSubstr("nose_length"));
    EXPECT_THAT(unknown.err, HasSubstr("blink")) << "what can be demanded instead";

    grey_clip("wall");
    std::ofstream(folder / "list.tsv") << "wall\tprint-a4\n";
    const auto lit =
        ctl({folder / "list.tsv", "--required", "flash", "--screen", "--policy", "normal", "--json", "-"});
    ASSERT_EQ(lit.code, 0) << lit.err;
    const auto figures = json::parse(lit.out);
    ASSERT_EQ(figures.at("groups").as_array().size(), 1U) << "only the setting in which it can pass";
    EXPECT_TRUE(figures.at("groups").at(0).at("screen").as_bool());
}

TEST_F(EvaluateLiveness, WhoShowsTheCardsOwnPhotographIsKnown) {
    const auto replays = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"--simulated", still, "--presentations", "flat,calm", "--seeds", "1",
                                   "--seconds", "1", "--policy", "normal", "--json", "-"});
        const auto ended = ctl(more);
        EXPECT_EQ(ended.code, 0) << ended.err;
        return json::parse(ended.out);
    };
    const auto outcome = [](const json::value& figures, std::size_t group, const char* which) {
        return figures.at("groups").at(group).at("evidence").at("photo_replay").at(which).to_number<int>();
    };
    const auto without = replays({}), with = replays({"--card"});
    EXPECT_FALSE(without.at("card").as_bool());
    EXPECT_TRUE(with.at("card").as_bool());
    EXPECT_EQ(with.at("groups").at(0).at("kind").as_string(), "bona-fide-calm");
    EXPECT_EQ(outcome(with, 0, "not_assessed"), 1) << "living heads are not held against it";
    EXPECT_EQ(outcome(without, 1, "not_assessed"), 1);
    EXPECT_EQ(outcome(with, 1, "fail"), 1);
    EXPECT_EQ(with.at("groups").at(1).at("apcer").at("hits").to_number<int>(), 0);
    EXPECT_EQ(without.at("groups").at(1).at("apcer").at("hits").to_number<int>(), 0)
        << "without the card's photograph too, a still head has not shown that it is a living one";
}

TEST_F(EvaluateLiveness, AClipWithoutAFaceHasNoResponseAndAMissingOneIsAFinding) {
    grey_clip("wall");
    std::ofstream(folder / "list.tsv") << "wall\tprint-a4\nmissing\tbona-fide\nno tab\n";
    const auto ended = ctl({folder / "list.tsv", "--policy", "normal", "--json", "-"});
    EXPECT_EQ(ended.code, 7) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("list.tsv:3:"));
    const auto figures = json::parse(ended.out);
    EXPECT_EQ(figures.at("unusable").to_number<int>(), 1);
    const auto& wall = figures.at("groups").at(0);
    EXPECT_EQ(wall.at("origin").as_string(), "recorded");
    EXPECT_EQ(wall.at("apnrr").at("hits").to_number<int>(), 1);
    EXPECT_EQ(wall.at("asked_last").at("no_face").to_number<int>(), 1);
}

TEST_F(EvaluateLiveness, ByDefaultEveryPolicyIsMeasuredAndTheTableIsMarkdown) {
    grey_clip("wall");
    std::ofstream(folder / "list.tsv") << "wall\tprint-a4\n";
    const auto ended = ctl({folder / "list.tsv", "--screen", "--markdown"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out,
                HasSubstr("| attack presentations | n | APCER `normal` | APCER `normal, screen` | APCER "
                          "`strict` | APCER `strict, screen` | APCER `very-strict` |"));
    EXPECT_THAT(ended.out, HasSubstr("| print-a4 (recorded) | 1 | 0.0 % (0/1; 0.0-97.5) |"));
    EXPECT_THAT(ended.out, HasSubstr("These are renderings; no attack level was tested."));
}

TEST_F(EvaluateLiveness, SaysWhatIsMissing) {
    EXPECT_EQ(ctl({}).code, 3);
    EXPECT_EQ(ctl({folder / "nowhere.tsv"}).code, 3);
    grey_clip("wall");
    std::ofstream(folder / "list.tsv") << "wall\tprint-a4\n";
    const auto ended = ctl({folder / "list.tsv", "--html", "/nowhere/page.html"});
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.err, HasSubstr("/nowhere/page.html"));
}

} // namespace
} // namespace kaomon
