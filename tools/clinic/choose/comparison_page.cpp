#include "drivers/card/pcsc/quirks.hpp"
#include "tools/clinic/choose/comparison.hpp"
#include "tools/clinic/choose/limits.hpp"
#include "tools/clinic/choose/quantile.hpp"
#include "tools/clinic/choose/vendor_answers.hpp"
#include "tools/page/page.hpp"
#include "tools/page/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace kaomon::choose {
namespace {

using page::Mark;

// Columns of a table that A4 and its margins carry.
constexpr std::size_t most_columns = 5;

Mark mark_of(Grade grade) {
    switch (grade) {
    case Grade::pass:
        return Mark::good;
    case Grade::conditional:
        return Mark::attention;
    case Grade::fail:
        return Mark::bad;
    case Grade::not_measured:
        break;
    }
    return Mark::unknown;
}

class Comparison {
  public:
    Comparison(std::span<const Measurement> measurements, Language language, Date on)
        : measurements_(measurements), language_(language),
          page_(language, {"カードリーダーとカメラの比較", "Readers and cameras compared"}, on) {}

    std::string write() {
        say_what_is_simulated();
        page_.style(
            "@media print { table { break-inside: avoid } }"); // no head of a table without a row of it
        page_.lead({"候補を同じ机で順に測り、いちばん悪い項目で評価しました。",
                    "Each candidate was measured on the same table and is as good as its worst criterion."});
        section(Device::reader, {"カードリーダー", "Card readers"});
        section(Device::camera, {"カメラ", "Cameras"});
        how_it_was_measured();
        return page_.str();
    }

  private:
    void say_what_is_simulated() {
        Text parts;
        for (const Measurement& one : measurements_) {
            if (one.simulated.empty())
                continue;
            const bool reader = one.device == Device::reader;
            parts.ja +=
                std::string(parts.ja.empty() ? "" : "、") + (reader ? "リーダー " : "カメラ ") + one.name;
            parts.en +=
                std::string(parts.en.empty() ? "" : ", ") + (reader ? "reader " : "camera ") + one.name;
        }
        if (std::ranges::none_of(measurements_, [](const Measurement& one) { return one.simulated.empty(); }))
            parts = {"すべての候補", "every candidate"};
        if (!parts.ja.empty() && !measurements_.empty())
            page_.simulated(parts);
    }

    void section(Device device, const Text& heading) {
        const auto ranked = rank(measurements_, device);
        if (device == Device::camera && !ranked.empty())
            page_.sheet();
        page_.heading(heading);
        if (ranked.empty()) {
            page_.paragraph({"まだ測っていません。", "None was measured yet."});
            return;
        }
        ranking(ranked);
        if (device == Device::reader)
            reader_plots(ranked);
        else
            camera_plots(ranked);
        for (std::size_t from = 0; from < ranked.size(); from += most_columns)
            details(std::span(ranked).subspan(from, std::min(most_columns, ranked.size() - from)));
        if (device == Device::reader)
            questions();
    }

    void questions() {
        const auto open = open_questions(measurements_);
        if (open.empty())
            return;
        page_.subheading({"買う前に販売元に聞くこと", "To ask the maker before buying"});
        page_.list(open);
    }

    void ranking(std::span<const Ranked> ranked) {
        std::vector<page::Row> rows;
        int place = 0;
        for (const Ranked& one : ranked)
            rows.push_back({std::to_string(++place),
                            name_of(*one.candidate) + "<br><span class=\"soft\">" +
                                page::escape(one.candidate->id) + "<br>" +
                                page::escape(day_text(language_, one.candidate->on)) + "</span>",
                            mark(one.grade), page::escape(say(language_, one.reason))});
        page_.table({"順位", "Ranking"},
                    {{"順", "rank"}, {"候補", "candidate"}, {"評価", "verdict"}, {"理由", "why"}}, rows);
    }

    // Criteria as rows, candidates as columns; only what somebody was measured for.
    void details(std::span<const Ranked> ranked) {
        std::vector<Text> columns{{"項目", "criterion"}};
        std::vector<const Criterion*> names;
        for (const Ranked& one : ranked) {
            columns.push_back({one.candidate->name, one.candidate->name});
            for (const Criterion& criterion : one.candidate->criteria) {
                if (std::ranges::none_of(
                        names, [&](const Criterion* known) { return known->word == criterion.word; }))
                    names.push_back(&criterion);
            }
        }
        std::vector<page::Row> rows;
        for (const Criterion* name : names) {
            page::Row row{page::escape(say(language_, name->name))};
            for (const Ranked& one : ranked) {
                const Criterion* criterion = one.candidate->find(name->word);
                row.push_back(criterion == nullptr ? "―"
                                                   : page::mark(mark_of(criterion->grade), "") + " " +
                                                         page::escape(shown(*criterion, language_)));
            }
            rows.push_back(std::move(row));
        }
        page_.table({"すべての項目（○ 合格、△ 条件付き、× 購入しない、― 測っていません）",
                     "Every criterion (○ pass, △ conditional, × don't buy, ― not measured)"},
                    columns, rows);
    }

    std::vector<page::Samples> samples(std::span<const Ranked> ranked, std::string_view word) const {
        std::vector<page::Samples> rows;
        for (const Ranked& one : ranked) {
            const Series* series = one.candidate->series_of(word);
            rows.push_back(
                {one.candidate->name, series == nullptr ? std::vector<double>{} : series->samples});
        }
        return rows;
    }

    void distribution(std::span<const Ranked> ranked, std::string_view word, const Text& title) {
        const auto rows = samples(ranked, word);
        if (std::ranges::any_of(rows, [](const page::Samples& one) { return !one.values.empty(); }))
            page_.html(page::distribution(language_, title, {{"時間", "time"}, "ms"}, rows));
    }

    void reader_plots(std::span<const Ranked> ranked) {
        distribution(ranked, "photo_read",
                     {"顔写真の読み取り時間（点は 1 回、縦線は中央値）",
                      "Reading the photograph (a dot a reading, the line is the median)"});
        distribution(ranked, "free_data",
                     {"カードを置いてからの最初の読み取り", "The first reading after the card is put down"});
        distribution(ranked, "round_trip", {"1 命令の往復", "One command and its answer"});
    }

    void camera_plots(std::span<const Ranked> ranked) {
        const std::vector<Text> lights{{"ふだん", "normal"}, {"暗い", "dark"}, {"逆光", "against the light"}};
        const auto groups = [&](auto value_of) {
            std::vector<page::BarGroup> all;
            for (const Ranked& one : ranked) {
                page::BarGroup group{one.candidate->name, {}};
                for (const char* light : {"pass", "dark", "behind"})
                    group.values.push_back(value_of(*one.candidate, std::string(light)));
                all.push_back(std::move(group));
            }
            return all;
        };
        const auto passed = groups([](const Measurement& one, const std::string& light) {
            const Criterion* criterion = one.find("gate_" + light);
            return criterion != nullptr && criterion->value ? *criterion->value
                                                            : std::numeric_limits<double>::quiet_NaN();
        });
        page_.html(page::bars(language_,
                              {"明かりと、使える画像の割合", "Light, and the share of frames good enough"},
                              {{"割合", "share"}, "%"}, lights, passed));
        const auto sharp = groups([](const Measurement& one, const std::string& light) {
            const Series* series = one.series_of("sharpness_" + light);
            return series == nullptr ? std::numeric_limits<double>::quiet_NaN() : median(series->samples);
        });
        const page::Limit least{sharpness_limit.conditional, {"これ以下は使えない", "below: of no use"}};
        page_.html(page::bars(
            language_, {"明かりと、顔の鮮明さ（中央値）", "Light, and the sharpness of the face (median)"},
            {{"鮮明さ", "sharpness"}, ""}, lights, sharp, &least));
        distribution(ranked, "interval", {"画像が届く間隔", "Interval between frames"});
    }

    void how_it_was_measured() {
        page_.heading({"測り方と限界", "How it was measured, and what that is worth"});
        const std::vector<Text> items{
            {"リーダー: 1 枚のマイナンバーカードを、指示のとおり置いては離しました。1 回も失わずに 50 "
             "回読めれば、取りこぼしは "
             "100 回に 6 回未満と言えます（95 %）。",
             "Readers: one My Number Card, put down and taken as told. 50 taps without a loss say that fewer "
             "than 6 in "
             "100 are lost (95 %)."},
            {"「置いてから応答まで」は、パソコンがカードに気づいてからの時間です。手が触れた瞬間は測れません"
             "。",
             "Tap to answer counts from when the computer notices the card; when the hand put it down cannot "
             "be measured."},
            {"カメラ: "
             "一人の人が、決めた距離で、三つの明かりのもとで測りました。ほかの人や部屋では変わります。",
             "Cameras: one person, at one distance, in three lights. Other people and rooms will differ."},
            {"評価の境目は Kaomon "
             "が決めたもので、公的な基準ではありません。顔認証付きカードリーダーの公的な適合を示すものでもあ"
             "りません。",
             "The limits are Kaomon's own, no authority's, and say nothing of conformity with the official "
             "reader "
             "requirements."},
            {"顔の画像は残していません。", "No picture of a face was kept."}};
        page_.list(items);
        const auto& support = card::pcsc::support_list;
        const std::vector<page::Source> sources{{{"リーダーの Linux での対応", "support of readers on Linux"},
                                                 std::string(support.where),
                                                 support.seen}};
        page_.sources(sources);
    }

    std::string name_of(const Measurement& one) const {
        return page::escape(one.name) +
               (one.simulated.empty() ? "" : page::escape(say(language_, "（模擬）", " (simulated)")));
    }
    std::string mark(Grade grade) const {
        return page::mark(mark_of(grade), say(language_, grade_text(grade)));
    }

    std::span<const Measurement> measurements_;
    Language language_;
    page::Page page_;
};

} // namespace

std::string comparison_page(std::span<const Measurement> measurements, Language language, Date on) {
    return Comparison(measurements, language, on).write();
}

} // namespace kaomon::choose
