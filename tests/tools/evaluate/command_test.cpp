// The real kaomonctl on the demo photographs (public domain) and made-up pictures.
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

std::string read(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return std::move(text).str();
}

struct Evaluate : ::testing::Test {
    fs::path folder = "/tmp/kaomon-evaluate-" + std::to_string(getpid());

    void SetUp() override {
        fs::create_directory(folder);
        for (const char* name : {"obama", "obama2", "obama3", "biden"}) {
            const fs::path photograph = KAOMON_SOURCE_DIR "/models/demo/" + std::string(name) + ".jpg";
            ASSERT_TRUE(fs::exists(photograph)) << "run tools/models/fetch --demo";
            fs::copy_file(photograph, folder / (std::string(name) + ".jpg"),
                          fs::copy_options::overwrite_existing);
        }
        Image noise{.width = 96, .height = 96, .channels = 3, .pixels = SecretBytes(96 * 96 * 3)};
        for (std::size_t i = 0; i < noise.pixels.size(); ++i)
            noise.pixels[i] = static_cast<std::uint8_t>(i * 2654435761U >> 24);
        const SecretBytes jpeg = camera::encode_jpeg(noise, 90);
        std::ofstream(folder / "noise.jpg", std::ios::binary)
            .write(reinterpret_cast<const char*>(jpeg.data()), static_cast<std::streamsize>(jpeg.size()));
        std::ofstream(folder / "broken.jpg") << "\xFF\xD8\xFF this is no picture";
    }
    void TearDown() override { fs::remove_all(folder); }

    std::string list(const std::string& text) const {
        const fs::path file = folder / "list.tsv";
        std::ofstream(file) << text;
        return file.string();
    }
    static testing::Ended ctl(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {KAOMON_BINARY_DIR "/bin/kaomonctl", "evaluate"});
        return testing::run_program(arguments);
    }
    const std::string good =
        "obama.jpg\tmr-first\tA\nobama2.jpg\tmr-first\tA\nobama3.jpg\tmr-first\tA\nbiden.jpg\t-\tB\n";
    const std::vector<std::string> models{"--models", KAOMON_SOURCE_DIR "/models", "--worker", KAOMON_WORKER};

    std::vector<std::string> match(const std::string& text, std::vector<std::string> more = {}) const {
        std::vector<std::string> all{"match", list(text)};
        all.insert(all.end(), models.begin(), models.end());
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
};

TEST_F(Evaluate, MatchMeasuresThePhotographsOfTheDemo) {
    const fs::path json = folder / "out.json", html = folder / "out.html", kept = folder / "kept";
    const auto ended =
        ctl(match(good, {"--card", "--frames", "2", "--json", json, "--html", html, "--resume", kept}));
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("card x live"));
    const auto report = boost::json::parse(read(json)).as_object();
    EXPECT_EQ(report.at("images").as_int64(), 4);
    EXPECT_EQ(report.at("acquisition").at("card").at("failures").as_int64(), 0);
    const auto& card = report.at("comparisons").at(1);
    EXPECT_EQ(card.at("sides").as_string(), "card x live");
    EXPECT_EQ(card.at("mated").as_int64(), 6);
    EXPECT_EQ(card.at("non_mated").as_int64(), 6);
    const auto& normal = card.at("at").at(0);
    EXPECT_EQ(normal.at("fnmr").at("value").to_number<double>(), 0) << "one man's photographs match";
    EXPECT_EQ(normal.at("fmr").at("value").to_number<double>(), 0) << "two men's do not";
    EXPECT_GT(normal.at("fmr").at("highest").to_number<double>(), 0.5) << "six comparisons prove little";
    for (const auto& text : {ended.out, ended.err, read(json), read(html)}) {
        for (const char* word : {"obama", "biden", "mr-first", "kaomon-evaluate"})
            EXPECT_THAT(text, Not(HasSubstr(word)));
    }
    EXPECT_EQ(fs::status(kept).permissions(), fs::perms::owner_read | fs::perms::owner_write);

    // Nothing is decoded a second time, and the figures are the same.
    const auto again = ctl(match(good, {"--card", "--frames", "2", "--json", "-", "--resume", kept}));
    EXPECT_EQ(again.code, 0) << again.err;
    const auto second = boost::json::parse(again.out).as_object();
    EXPECT_TRUE(second.at("speed").as_array().empty());
    EXPECT_EQ(second.at("comparisons"), report.at("comparisons"));

    // Templates of another device are not taken for this one's.
    const auto other = ctl(match(good, {"--card", "--arithmetic", "fp32", "--resume", kept}));
    EXPECT_EQ(other.code, 3);
    EXPECT_THAT(other.err, HasSubstr("--resume"));
}

TEST_F(Evaluate, WhatCannotBeReadIsNamedByItsLineAndTheRestIsMeasured) {
    const auto ended = ctl(match("obama.jpg\tmr-first\nmissing.jpg\tmr-first\nno tab "
                                 "here\nbroken.jpg\tmr-first\nnoise.jpg\tmr-first\n",
                                 {"--json", "-"}));
    EXPECT_EQ(ended.code, 7) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("line 2: the file cannot be read"));
    EXPECT_THAT(ended.err, HasSubstr("line 3: not path, person"));
    EXPECT_THAT(ended.err, HasSubstr("line 4: a damaged JPEG file"));
    EXPECT_THAT(ended.err, Not(HasSubstr("line 5"))) << "no face is a finding, not a broken image";
    const auto report = boost::json::parse(ended.out).as_object();
    EXPECT_EQ(report.at("unreadable").as_int64(), 2);
    EXPECT_EQ(report.at("bad_lines").as_int64(), 1);
    EXPECT_EQ(report.at("acquisition").at("live").at("by_reason").at("no_face").as_int64(), 1);
}

TEST_F(Evaluate, NothingToMeasureIsThree) {
    EXPECT_EQ(ctl(match("noise.jpg\tmr-first\n")).code, 3);
    EXPECT_EQ(ctl(match("")).code, 3);
    EXPECT_EQ(ctl({"match", folder / "none.tsv"}).code, 3);
    EXPECT_EQ(ctl({"match"}).code, 3);
    EXPECT_EQ(ctl(match(good, {"--frames", "0"})).code, 3);
    const auto population = ctl(match("noise.jpg\tx\n", {"--population", folder / "broken.jpg"}));
    EXPECT_EQ(population.code, 3);
    EXPECT_THAT(population.err, HasSubstr("the population file cannot be read"));
    const auto models_missing = ctl({"match", list(good), "--models", folder, "--worker", KAOMON_WORKER});
    EXPECT_EQ(models_missing.code, 3);
    EXPECT_THAT(models_missing.err, HasSubstr("a model file is missing"));
}

TEST_F(Evaluate, APopulationOfTooFewIsRefusedWithTheNumberThatIsNeeded) {
    std::vector<std::string> arguments{"population", list(good), "-o", folder / "population"};
    arguments.insert(arguments.end(), models.begin(), models.end());
    const auto ended = ctl(arguments);
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.err, HasSubstr("4 images gave a template, at least 200 are needed"));
    EXPECT_FALSE(fs::exists(folder / "population"));
}

TEST_F(Evaluate, FusionMeasuresASecondEmbedderOnThePeopleWhoDidNotChooseItsWeight) {
    std::string images, second; // the same photographs under many names: enough of them to be halved
    for (int line = 1; line <= 60; ++line) {
        images +=
            std::string(line % 4 < 2 ? "obama" : "biden") + ".jpg\tperson" + std::to_string(line / 2) + "\n";
        second += std::to_string(line) + "\tlive\t1 " + std::to_string(line / 2) + " 0.5\n";
    }
    const fs::path file = folder / "second";
    std::ofstream(file) << second;
    std::vector<std::string> arguments{"fusion", list(images), file, "--fmr",
                                       "0.1",    "--splits",   "1",  "--json"};
    arguments.insert(arguments.end(), models.begin(), models.end());
    const auto ended = ctl(arguments);
    EXPECT_EQ(ended.code, 0) << ended.err;
    const auto report = boost::json::parse(ended.out).as_object();
    EXPECT_EQ(report.at("schema").as_string(), "kaomon.fusion/1");
    EXPECT_EQ(report.at("score").as_string(), "cosine");
    EXPECT_EQ(report.at("faces").as_int64(), 60);
    EXPECT_EQ(report.at("folds").as_array().size(), 2U);

    arguments[1] = list(good);
    const auto few = ctl(arguments);
    EXPECT_EQ(few.code, 3);
    EXPECT_THAT(few.err + few.out, HasSubstr("too_few_images"));
    std::ofstream(file) << "1\tlive\t1 2\nobama.jpg\tlive\t1 2\n";
    const auto bad = ctl({"fusion", list(good), file});
    EXPECT_EQ(bad.code, 3);
    EXPECT_THAT(bad.err, HasSubstr("line 2 of the second templates"));
}

} // namespace
} // namespace kaomon
