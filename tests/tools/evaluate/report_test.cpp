#include "daemon/match/comparison.hpp"
#include "tests/daemon/match/templates.hpp"
#include "tools/evaluate/evaluation.hpp"
#include "tools/evaluate/report_table.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace kaomon::evaluate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Seventy people of two groups with three images each, a few degrees apart; one image of another has no
// face, one could not be read.
struct Crowd {
    List list;
    std::vector<Sample> samples;

    Crowd() {
        std::string text;
        const auto people = match::scattered(70);
        const auto noise = match::scattered(210, 77);
        for (std::size_t i = 0; i < 210; ++i) {
            text += "secret/folder/" + std::to_string(i) + ".jpg\tMrs Name " + std::to_string(i / 3) + "\t" +
                    (i < 105 ? "north" : "south") + "\n";
            const std::array views{people[i / 3], people[i / 3], noise[i]};
            Sample sample{.entry = i};
            sample.live = View{match::fuse(views), {.inter_eye_distance = static_cast<float>(i)}};
            sample.live->face.get().norm = 10 + static_cast<float>(i % 3);
            sample.card = sample.live;
            sample.times = {.decode = 1, .observe = 2, .embed = 3, .card = 4};
            samples.push_back(sample);
        }
        text += "secret/folder/none.jpg\t-\tsouth\nsecret/folder/lost.jpg\t-\tsouth\nbad line\n";
        samples.push_back(Sample{.entry = 210});
        samples.back().live = samples.back().card.emplace(fail(Reason::no_face));
        samples.push_back(Sample{.entry = 211});
        list = parse_list(text, "/data");
    }

    Report report(std::size_t views = 2, std::optional<match::Population> population = {}) const {
        Report made = evaluate(
            list, samples, {.card = true, .views = views, .population = std::move(population), .draws = 40});
        made.date = "2026-11-25";
        made.model = std::string(64, 'a');
        return made;
    }
};

TEST(Report, CountsWhatCouldNotBeAcquired) {
    const Report report = Crowd().report();
    EXPECT_EQ(report.images, 212U);
    EXPECT_EQ(report.unreadable, 1U);
    EXPECT_EQ(report.bad_lines, 1U);
    EXPECT_EQ(report.people, 71U);
    EXPECT_EQ(report.live.attempts, 211U);
    EXPECT_EQ(report.live.failures, (std::map<std::string, std::uint64_t>{{"no_face", 1}}));
    EXPECT_EQ(report.card->failed(), 1U);
    ASSERT_EQ(report.groups.size(), 2U);
    EXPECT_EQ(report.groups[1].failures, 1U);
    EXPECT_EQ(report.groups[1].people, 36U);
}

TEST(Report, HasEveryPairOfSidesAndKindOfScore) {
    const auto population = match::Population::of(match::scattered(300), {}, match::provenance());
    const Report report = Crowd().report(2, *population);
    ASSERT_EQ(report.comparisons.size(), 4U);
    const Comparisons& live = report.comparisons[0];
    EXPECT_FALSE(live.card);
    EXPECT_EQ(live.kind, match::ScoreKind::cosine);
    EXPECT_EQ(live.mated, 70U * 3);
    EXPECT_EQ(live.mated_people, 70U);
    EXPECT_EQ(live.non_mated, 210U * 209 / 2 - 70 * 3);
    const Comparisons& card = report.comparisons[3];
    EXPECT_TRUE(card.card);
    EXPECT_EQ(card.kind, match::ScoreKind::normalised);
    EXPECT_EQ(card.mated, 70U * 6);
    ASSERT_EQ(card.thresholds.size(), 3U);
    EXPECT_TRUE(card.thresholds[0].everybody);
    EXPECT_EQ(card.thresholds[1].among, "north");
    EXPECT_EQ(card.thresholds[1].comparisons, 105U * 102);
    ASSERT_EQ(card.thresholds[0].wanted.size(), 2U) << "43,470 comparisons can measure 1e-2 and 1e-3";
    for (const WantedRate& wanted : card.thresholds[0].wanted) {
        ASSERT_EQ(wanted.fused.size(), 2U);
        EXPECT_LE(wanted.fused[1].false_non_match->value, wanted.fused[0].false_non_match->value);
        EXPECT_LE(wanted.fused[0].false_match->value, wanted.rate);
    }
    EXPECT_EQ(card.detection_error_trade_off.size(), 2U);
    EXPECT_EQ(card.at.size(), 3U + 1) << "the policies, and where no group passes 1e-3";
    const AtThreshold& fair = card.at.back();
    for (const GroupRates& group : fair.groups)
        EXPECT_LE(group.false_match->value, 1.001e-3);
}

TEST(Report, TellsWhatTwoStrongViewsDecide) {
    Crowd crowd;
    for (std::size_t i = 0; i < 210; ++i)
        crowd.samples[i].live->face.get().norm = i < 105 ? 13 : 12; // strong in the north
    EXPECT_FALSE(crowd.report(2).comparisons[1].settled_at_once) << "two views are what was asked for";
    const Comparisons card = crowd.report(3).comparisons[1];
    ASSERT_TRUE(card.settled_at_once);
    EXPECT_EQ(card.settled_at_once->pairs, 210U);
    EXPECT_EQ(card.settled_at_once->settled, 105U);
    ASSERT_EQ(card.settled_at_once->at.size(), match::policies().size());
    const SettledAt& normal = card.settled_at_once->at.front();
    EXPECT_EQ(normal.policy, "normal");
    EXPECT_FLOAT_EQ(normal.threshold, match::policies().front().threshold);
    EXPECT_LE(normal.false_non_match->value, normal.fused[0].false_non_match->value);
    EXPECT_TRUE(normal.false_match);
    EXPECT_EQ(normal.fused.size(), 3U);
    // One person of the north whose third image is somebody else: two of three pairs are told by the third.
    crowd.samples[2].live->face = match::scattered(1, 4711).front();
    crowd.samples[2].live->face.get().norm = 13;
    crowd.samples[2].card = crowd.samples[2].live;
    const auto worse = crowd.report(3).comparisons[1].settled_at_once;
    EXPECT_EQ(worse->settled, 103U) << "two unlike views are never settled on";
    EXPECT_DOUBLE_EQ(worse->at.front().false_non_match->value, 1.0 / 103);
}

TEST(Report, DiscardingByAMeasureThatPredictsHelps) {
    Crowd crowd;
    for (std::size_t i = 0; i < 210; i += 3) { // one bad view of each person, and its norm says so
        crowd.samples[i].live->face = match::scattered(1, 1000 + static_cast<unsigned>(i)).front();
        crowd.samples[i].live->face.get().norm = 1;
    }
    const Report report = crowd.report(1);
    const Comparisons& live = report.comparisons[0];
    ASSERT_FALSE(live.discard.empty());
    const Discard& norm = live.discard.front();
    EXPECT_EQ(norm.measure, "norm");
    EXPECT_GT(norm.points.front().y, 0.6);
    const auto half = std::ranges::find_if(norm.points, [](const Point& p) { return p.x >= 0.5; });
    EXPECT_LT(half->y, norm.points.front().y);
}

TEST(Report, NeverTellsAPathOrAPerson) {
    const auto population = match::Population::of(match::scattered(300), {}, match::provenance());
    const Report report = Crowd().report(2, *population);
    for (const std::string& text :
         {as_json(report), as_page(report, Language::japanese), as_page(report, Language::english),
          as_text(report), as_markdown(report)}) {
        EXPECT_GT(text.size(), 500U);
        for (const char* word : {"secret", "folder", "Name", ".jpg", "/data"})
            EXPECT_THAT(text, Not(HasSubstr(word)));
    }
}

TEST(Report, IsJsonOfItsSchema) {
    const auto json = boost::json::parse(as_json(Crowd().report())).as_object();
    EXPECT_EQ(json.at("schema").as_string(), "kaomon.evaluation/1");
    EXPECT_EQ(json.at("acquisition").at("live").at("by_reason").at("no_face").as_int64(), 1);
    const auto& live = json.at("comparisons").at(0);
    EXPECT_EQ(live.at("sides").as_string(), "live x live");
    EXPECT_TRUE(live.at("thresholds").at(0).at("among").is_null());
    const auto& wanted = live.at("thresholds").at(0).at("wanted").at(0);
    EXPECT_DOUBLE_EQ(wanted.at("fmr").as_double(), 0.01);
    const auto& fnmr = wanted.at("fused").at(1).at("fnmr").as_object();
    EXPECT_LE(fnmr.at("lowest").as_double(), fnmr.at("value").as_double());
    EXPECT_GE(fnmr.at("highest").as_double(), fnmr.at("value").as_double());
    EXPECT_EQ(json.at("speed").as_array().size(), 4U);
    EXPECT_FALSE(json.contains("population"));
    EXPECT_FALSE(live.as_object().contains("settled"));
    const auto three = boost::json::parse(as_json(Crowd().report(3)));
    const auto& settled = three.at("comparisons").at(0).at("settled");
    EXPECT_EQ(settled.at("pairs").as_int64(), 210);
    EXPECT_EQ(settled.at("at").at(1).at("name").as_string(), "strict");
    EXPECT_EQ(settled.at("at").at(1).at("fused").as_array().size(), 3U);
}

TEST(Report, EscapesGroupNamesInThePage) {
    Crowd crowd;
    crowd.list.groups[0] = "<script>alert(1)</script>";
    const std::string page = as_page(crowd.report(), Language::english);
    EXPECT_THAT(page, Not(HasSubstr("<script>")));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
    EXPECT_THAT(page, HasSubstr("<svg"));
}

TEST(Report, SpeaksJapaneseToStaffWithTheTermBeside) {
    const auto population = match::Population::of(match::scattered(300), {}, match::provenance());
    const Report report = Crowd().report(3, *population);
    const std::string page = as_page(report, Language::japanese);
    for (const char* words : {"本人拒否率（FNMR）", "他人受入率（FMR）", "母集団で正規化（normalised）",
                              "カードの写真とカメラの顔", "どのグループも 1e-3 以下",
                              "目の間隔（inter_eye_distance）", "顔の検出（observe）", "全員"})
        EXPECT_THAT(page, HasSubstr(words));
    for (const char* words : {"card x live", "everybody", "worst by", "comparisons", "threshold", "median"})
        EXPECT_THAT(page, Not(HasSubstr(words)));
    EXPECT_THAT(as_page(report, Language::english),
                HasSubstr("card x live, normalised score: one threshold"));
    EXPECT_THAT(as_markdown(report), HasSubstr("| false matches counted among | comparisons | FMR |"));
}

TEST(Report, OfNothingIsStillOne) {
    const Report report = evaluate(List{}, {}, {});
    EXPECT_TRUE(report.comparisons.empty());
    EXPECT_FALSE(as_text(report).empty());
    EXPECT_FALSE(as_page(report, Language::english).empty());
    List one = parse_list("a.jpg\tann\n", ".");
    std::vector<Sample> samples{Sample{.entry = 0}};
    samples[0].live = View{match::at_angle(0), {}};
    EvaluationSettings settings;
    settings.draws = 5;
    EXPECT_EQ(evaluate(one, samples, settings).comparisons.at(0).mated, 0U);
}

TEST(Tables, SayRatesWithTheirIntervals) {
    EXPECT_EQ(percent(Rate{0.04, 0.031, 0.052}), "4.00 % (3.10–5.20)");
    EXPECT_EQ(scientific(Rate{1.2e-4, 9e-5, 1.6e-4}), "1.2e-04 (9.0e-05–1.6e-04)");
    EXPECT_EQ(percent(std::nullopt), "–");
}

} // namespace
} // namespace kaomon::evaluate
