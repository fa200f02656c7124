#include "daemon/match/population.hpp"
#include "tests/daemon/match/templates.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

namespace kaomon::match {
namespace {

using ::testing::HasSubstr;

const std::string model(64, 'a');

Population some() {
    Provenance from = provenance();
    from.groups = {{"", 0}, {"East Asian adults", 0}};
    std::vector<std::uint32_t> groups(400, 1);
    std::fill_n(groups.begin(), 100, 0);
    return *Population::of(scattered(400), groups, from);
}

// The text with its check sum made right again: only what it says is wrong.
std::string sealed(std::string text) {
    text.resize(text.rfind("check "));
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    char sum[17];
    std::snprintf(sum, sizeof sum, "%016llx", static_cast<unsigned long long>(hash));
    return text + "check " + sum + "\n";
}

std::string with(std::string text, std::string_view was, std::string_view is) {
    const auto at = text.find(was);
    EXPECT_NE(at, std::string::npos) << was;
    return sealed(text.replace(at, was.size(), is));
}

std::string refusal(std::string_view text) {
    const auto read = Population::parse(text, model);
    if (read)
        return "taken";
    EXPECT_EQ(read.error().reason, Reason::population_invalid);
    return read.error().detail;
}

TEST(Population, StandingIsMeanAndDeviationOfTheCosines) {
    const auto templates = scattered(300);
    const Population population = *Population::of(templates, {}, provenance());
    const auto probe = scattered(1, 99).front();
    double mean = 0, squares = 0;
    for (const auto& one : templates) {
        double cosine = 0;
        for (std::size_t i = 0; i < one.get().unit.size(); ++i)
            cosine += static_cast<double>(one.get().unit[i]) * static_cast<double>(probe.get().unit[i]);
        mean += cosine / 300;
        squares += cosine * cosine / 300;
    }
    const Standing standing = population.standing(probe);
    EXPECT_NEAR(standing.mean, mean, 1e-5);
    EXPECT_NEAR(standing.deviation, std::sqrt(squares - mean * mean), 1e-5);
}

TEST(Population, ByHand) {
    // Along axis i one template in 128 pairs each way: mean 0, covariance 2/256 on the diagonal.
    std::vector<face::Template> templates(256);
    for (std::size_t i = 0; i < 128; ++i) {
        templates[2 * i].get().unit[i] = 1;
        templates[2 * i + 1].get().unit[i] = -1;
    }
    const Population population = *Population::of(templates, {}, provenance());
    const Standing standing = population.standing(at_angle(33));
    EXPECT_NEAR(standing.mean, 0, 1e-6);
    EXPECT_NEAR(standing.deviation, std::sqrt(2.0 / 256), 1e-6);
    EXPECT_NEAR(normalise(0.5F, standing, standing), 0.5 / std::sqrt(2.0 / 256) - 1.4, 1e-4);
    EXPECT_NEAR(normalise(0.6F, {0.1F, 0.1F}, {0.2F, 0.2F}), (5 + 2) / 2.0 - 1.4, 1e-5);
}

TEST(Population, GroupsCountAlikeUnlessTheyAreSmall) {
    const auto mean_of = [](std::size_t few) {
        // one group around one direction, the other around another: the mean tells how much each counts
        std::vector<face::Template> templates;
        std::vector<std::uint32_t> groups;
        for (const auto& [angle, count, group] :
             {std::tuple(0.0, std::size_t{400}, 0U), std::tuple(90.0, few, 1U)}) {
            for (const auto& noise : scattered(count, group + 1)) {
                face::Template near = at_angle(angle);
                double squares = 0;
                for (std::size_t i = 0; i < near.get().unit.size(); ++i) {
                    near.get().unit[i] += 0.3F * noise.get().unit[i];
                    squares += std::pow(static_cast<double>(near.get().unit[i]), 2);
                }
                for (float& value : near.get().unit)
                    value = static_cast<float>(value / std::sqrt(squares));
                templates.push_back(near);
                groups.push_back(group);
            }
        }
        Provenance from = provenance();
        from.groups = {{"many", 0}, {"few", 0}};
        const Population population = *Population::of(templates, groups, from);
        EXPECT_EQ(population.provenance().groups[1].images, few);
        return std::pair(population.standing(at_angle(0)).mean, population.standing(at_angle(90)).mean);
    };
    const auto [many, few] = mean_of(100);
    EXPECT_NEAR(many, few, 0.03);
    const auto [most, least] = mean_of(20); // a fifth of 100: counts a fifth
    EXPECT_NEAR(most / least, 5, 1.2);
}

TEST(Population, SurvivesItsFile) {
    const Population population = some();
    const auto read = Population::parse(population.print(), model);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->print(), population.print());
    EXPECT_EQ(read->provenance().images, 400U);
    EXPECT_EQ(read->provenance().groups, population.provenance().groups);
    EXPECT_EQ(read->provenance().source, "made up for a test");
    EXPECT_EQ(read->provenance().date, "2026-11-25");
    const auto probe = scattered(1, 7).front();
    EXPECT_EQ(read->standing(probe).deviation, population.standing(probe).deviation);
}

TEST(Population, NeedsEnoughImages) {
    const auto made = Population::of(scattered(199), {}, provenance());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().reason, Reason::population_invalid);
    EXPECT_THAT(made.error().detail, HasSubstr("at least 200"));
    EXPECT_FALSE(Population::of({}, {}, provenance()));
}

TEST(Population, OfOneAndTheSameFaceIsNone) {
    const auto made = Population::of(std::vector(300, at_angle(5)), {}, provenance());
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().detail, HasSubstr("positive definite"));
}

TEST(Population, IsNotMadeWithWordsItsFileCannotHold) {
    Provenance from = provenance();
    from.source = "two\nlines";
    EXPECT_FALSE(Population::of(scattered(300), {}, from));
    from = provenance();
    from.groups = {{"half", 150}};
    EXPECT_FALSE(Population::of(scattered(300), {}, from)) << "groups that do not add up";
}

TEST(PopulationFile, OfAnotherEmbedderIsRefused) {
    const auto read = Population::parse(some().print(), std::string(64, 'b'));
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().detail, HasSubstr("another embedder"));
}

TEST(PopulationFile, DamageIsFound) {
    const std::string good = some().print();
    for (std::size_t at = 0; at < good.size(); at += 997) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        EXPECT_NE(refusal(bad), "taken") << at;
        EXPECT_NE(refusal(std::string_view(good).substr(0, at)), "taken") << at;
    }
    EXPECT_THAT(refusal(good + "x"), HasSubstr("check sum"));
    EXPECT_THAT(refusal(std::string(300 * 1024, 'x')), HasSubstr("256 KiB"));
    EXPECT_NE(refusal(""), "taken");
}

TEST(PopulationFile, WhatItSaysIsChecked) {
    const std::string good = some().print();
    EXPECT_EQ(refusal(sealed(good)), "taken");
    EXPECT_THAT(refusal(with(good, "population 1", "population 2")), HasSubstr("line 1"));
    EXPECT_THAT(refusal(with(good, "made 2026-11-25", "made yesterday")),
                HasSubstr("line 2: must be a date"));
    EXPECT_THAT(refusal(with(good, "source made", "source \x1b[2J")), HasSubstr("line 3"));
    EXPECT_THAT(refusal(with(good, "model aaaa", "model AAAA")), HasSubstr("line 4"));
    EXPECT_THAT(refusal(with(good, "images 400", "images -1")), HasSubstr("line 5"));
    EXPECT_THAT(refusal(with(good, "images 400", "images 401")), HasSubstr("add up"));
    EXPECT_THAT(refusal(with(with(good, "images 400", "images 199"), "group 300", "group 99")),
                HasSubstr("fewer than 200"));
    EXPECT_THAT(refusal(with(good, "mean\n", "mean\n1 ")), HasSubstr("line 9: must be 128 finite numbers"));
    EXPECT_THAT(refusal(with(good, "mean\n", "mean\nnan ")), HasSubstr("128 finite numbers"));
    EXPECT_THAT(refusal(with(good, "covariance\n", "covariance\n9")), HasSubstr("length 1"));
    EXPECT_THAT(refusal(with(good, "covariance\n", "covariance\n-")), HasSubstr("length 1"));
    EXPECT_THAT(refusal(with(good, "check ", "1\ncheck ")), HasSubstr("followed by the check sum"));
}

TEST(PopulationFile, ACovarianceMustBePositiveDefinite) {
    const std::string good = some().print();
    // the first number of the second row: how the first two directions go together, beyond what they can
    const auto row = good.find('\n', good.find("covariance\n") + 11) + 1;
    std::string bad = good;
    bad.replace(row, bad.find(' ', row) - row, "0.9");
    EXPECT_THAT(refusal(sealed(bad)), HasSubstr("positive definite"));
}

TEST(PopulationFile, IsLoadedOrSaysWhy) {
    const std::filesystem::path file = "/tmp/kaomon-population-" + std::to_string(getpid());
    std::ofstream(file) << some().print();
    EXPECT_TRUE(Population::load(file, model));
    std::ofstream(file) << "kaomon population 1\n";
    EXPECT_THAT(Population::load(file, model).error().detail, HasSubstr(file.string() + ": damaged"));
    std::filesystem::remove(file);
    EXPECT_THAT(Population::load(file, model).error().detail, HasSubstr("No such file"));
    EXPECT_EQ(Population::load("/tmp", model).error().reason, Reason::population_invalid);
}

} // namespace
} // namespace kaomon::match
