#include "tools/clinic/choose/camera_facts.hpp"
#include "tools/clinic/choose/criterion_writer.hpp"
#include "tools/clinic/choose/quantile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace kaomon::choose {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double few_coloured = 0.02;  // share of pixels: below, the picture is grey
constexpr double lit_in_the_dark = 45; // grey levels over the picture: it has a light of its own

const LightFacts* in(const CameraFacts& facts, Light light) {
    const auto found = facts.lights.find(light);
    return found == facts.lights.end() || found->second.frames == 0 ? nullptr : &found->second;
}

double share_passed(const LightFacts* light) {
    return light == nullptr ? nothing : static_cast<double>(light->passed) / light->frames;
}

double median_in(const LightFacts* light, std::vector<double> LightFacts::* figures) {
    return light == nullptr ? nothing : median(light->*figures);
}

// What the gate refused most often there.
Text most_refused(const LightFacts& light) {
    if (light.refused.empty())
        return {"", ""};
    const auto most = std::ranges::max_element(light.refused, {}, [](const auto& one) { return one.second; });
    static const std::map<Reason, Text> short_words{
        {Reason::no_face, {"顔が見つからない", "no face found"}},
        {Reason::face_too_dark, {"暗い", "too dark"}},
        {Reason::face_too_bright, {"明るすぎる", "too bright"}},
        {Reason::face_backlit, {"逆光", "against the light"}},
        {Reason::face_blurred, {"ぼけている", "blurred"}},
    };
    const auto found = short_words.find(most->first);
    const std::string other(word(most->first));
    return found == short_words.end() ? Text{other, other} : found->second;
}

void add_formats(CriterionWriter& writer, const CameraFacts& facts) {
    std::string list;
    for (const std::string& one : facts.formats)
        list += (list.empty() ? "" : ", ") + one;
    if (list.empty() && facts.width > 0)
        list = fmt::format("{}x{}", facts.width, facts.height);
    Criterion one{.word = "formats",
                  .name = {"形式", "formats"},
                  .shown = {list, list},
                  .grade = list.empty() ? Grade::not_measured : Grade::pass};
    if (!facts.unusable.empty()) {
        one.grade = Grade::fail;
        one.reason = {"このカメラの形式では使えません（" + list + " だけです）。",
                      "none of its formats can be used: " + facts.unusable};
    }
    writer.add(std::move(one));
}

void add_timing(CriterionWriter& writer, const CameraFacts& facts) {
    const double rate = facts.rate();
    writer.add_figure({{"frame_rate", {"実際の毎秒の枚数", "true frame rate"}},
                       rate,
                       "1/s",
                       grade_at_least(rate, frame_rate_limit),
                       {"毎秒 {} 枚しか届かず、顔の動きを確かめるのに足りません。",
                        "only {} frames a second arrive: too few to see a face move"}});
    const double middle = median(facts.interval);
    std::vector<double> away;
    for (const double one : facts.interval)
        away.push_back(std::abs(one - middle) / middle);
    const double jitter = quantile(away, 0.95);
    writer.add_figure(
        {{"jitter", {"間隔のゆれ", "jitter"}},
         jitter * 100,
         "%",
         grade_at_most(jitter, jitter_limit),
         {"画像の間隔が {} % ゆれ、ときどき途切れます。", "the interval varies by {} %: it stutters"}});
    writer.add_series({"interval", {"画像の間隔", "interval between frames"}}, facts.interval);
    if (!facts.interval.empty()) {
        const auto lost = static_cast<double>(facts.dropped);
        writer.add_figure(
            {{"dropped", {"落ちた画像", "frames dropped"}},
             lost,
             "",
             lost * 20 <= static_cast<double>(facts.interval.size()) ? Grade::pass : Grade::conditional,
             {"測っている間に {} 枚落ちました（カメラか、このパソコンの遅れです）。",
              "{} frames were dropped, by the camera or by this computer"}});
    }
    writer.add_time({"first_frame", {"最初の画像まで", "first frame"}}, facts.first_frame, first_frame_limit,
                    {"最初の画像まで {} ms かかります。", "the first frame takes {} ms"});
    writer.add_time({"age", {"届いたときの古さ", "age at delivery"}}, facts.age, age_limit,
                    {"届く画像が {} ms 前のものです。", "frames are {} ms old when they arrive"});
}

void add_face(CriterionWriter& writer, const CameraFacts& facts) {
    const LightFacts* normal = in(facts, Light::normal);
    const double eyes = facts.faces ? median_in(normal, &LightFacts::eyes) : nothing;
    writer.add_figure(
        {{"eyes",
          {fmt::format("両目の間隔（{} cm の距離）", facts.centimetres),
           fmt::format("between the eyes at {} cm", facts.centimetres)}},
         eyes,
         "px",
         grade_at_least(eyes, eyes_limit),
         {"両目の間隔が {} 画素しかなく、顔が小さすぎます。近くに置くか、細かい画像の機種にしてください。",
          "only {} pixels between the eyes: put it nearer, or take one with more pixels"}});
    const double sharpness = facts.faces ? median_in(normal, &LightFacts::sharpness) : nothing;
    writer.add_figure({{"sharpness", {"顔の鮮明さ", "sharpness of the face"}},
                       sharpness,
                       "",
                       grade_at_least(sharpness, sharpness_limit),
                       {"顔がぼけています（鮮明さ {}）。", "faces are blurred (sharpness {})"}});
}

void add_gates(CriterionWriter& writer, const CameraFacts& facts) {
    struct Row {
        Light light;
        CriterionWriter::Name name;
        Limit limit;
        Text worse;
    };
    const std::array<Row, 3> rows{{
        {Light::normal,
         {"gate_pass", {"使える画像の割合", "frames good enough"}},
         gate_limit,
         {"使える画像が {} % しかありません", "only {} % of the frames can be used"}},
        {Light::dark,
         {"gate_dark", {"暗いとき", "in the dark"}},
         gate_hard_limit,
         {"暗いと使える画像が {} % なので、顔を照らす明かりが要ります",
          "in the dark {} % can be used: it needs a light on the face"}},
        {Light::behind,
         {"gate_behind", {"逆光", "against the light"}},
         gate_hard_limit,
         {"逆光では使える画像が {} % なので、窓を背にしない置き方が要ります",
          "against a window {} % can be used: do not place it so"}},
    }};
    for (const Row& row : rows) {
        const LightFacts* light = in(facts, row.light);
        const double share = facts.faces ? share_passed(light) : nothing;
        const Text why = std::isfinite(share) ? most_refused(*light) : Text{};
        const bool known = !why.ja.empty();
        writer.add_figure({row.name,
                           share * 100,
                           "%",
                           grade_at_least(share, row.limit),
                           {row.worse.ja + (known ? "（" + why.ja + "）。" : "。"),
                            row.worse.en + (known ? " (" + why.en + ")" : "")}});
        if (light != nullptr)
            writer.add_series(
                {fmt::format("sharpness_{}", row.name.word.substr(5)),
                 {"顔の鮮明さ・" + light_text(row.light).ja, "sharpness, " + light_text(row.light).en}},
                light->sharpness, "");
    }
}

void add_exposure(CriterionWriter& writer, const CameraFacts& facts) {
    const double level = median_in(in(facts, Light::behind), &LightFacts::face_luminance);
    writer.add_figure(
        {{"exposure_behind", {"逆光での顔の明るさ", "brightness of the face against the light"}},
         level,
         "",
         grade_at_least(level, exposure_limit),
         {"逆光では顔が暗く映ります（明るさ {}）。", "against the light the face is dark (level {})"}});
}

void add_colour(CriterionWriter& writer, const CameraFacts& facts) {
    Criterion one{.word = "colour", .name = {"色", "colour"}};
    const LightFacts* normal = in(facts, Light::normal);
    const double coloured = median_in(normal, &LightFacts::colourful);
    if (std::isfinite(coloured)) {
        const double dark = median_in(in(facts, Light::dark), &LightFacts::luminance);
        const bool colour = coloured > few_coloured;
        const bool lit = std::isfinite(dark) && dark > lit_in_the_dark;
        one.value = std::round(coloured * 1000) / 10;
        one.unit = "%";
        one.shown =
            colour ? Text{fmt::format("カラー（画素の {:.0f} %）", coloured * 100),
                          fmt::format("colour ({:.0f} % of the pixels)", coloured * 100)}
            : lit  ? Text{"白黒、暗くても明るい（赤外線の照明つき）", "grey, and lit in the dark: infrared"}
                   : Text{"白黒", "grey"};
        one.grade = colour ? Grade::pass : Grade::conditional;
        if (!colour)
            one.reason = {"白黒の画像なので、カラーのカメラと並べて使ってください。",
                          "a grey picture: use it beside a camera with colours"};
    }
    writer.add(std::move(one));
}

} // namespace

double CameraFacts::rate() const {
    if (interval.empty())
        return nothing;
    return 1000 * static_cast<double>(interval.size()) /
           std::accumulate(interval.begin(), interval.end(), 0.0);
}

const Text& light_text(Light light) {
    static const std::map<Light, Text> texts{
        {Light::normal, {"ふだんの明かり", "normal light"}},
        {Light::dark, {"暗い", "dark"}},
        {Light::behind, {"逆光", "against the light"}},
    };
    return texts.at(light);
}

Measurement measurement_of(const CameraFacts& facts, std::string name, Date on) {
    Measurement result{.device = Device::camera,
                       .name = std::move(name),
                       .id = facts.camera,
                       .simulated = facts.simulated,
                       .on = on,
                       .criteria = {},
                       .series = {}};
    CriterionWriter writer(result);
    if (!facts.unusable.empty()) { // nothing else could be measured, and nothing else matters
        add_formats(writer, facts);
        return result;
    }
    add_gates(writer, facts);
    add_face(writer, facts);
    add_exposure(writer, facts);
    add_timing(writer, facts);
    const double noise = median_in(in(facts, Light::dark), &LightFacts::noise);
    writer.add_figure({{"noise", {"暗いときのざらつき", "noise in the dark"}},
                       noise,
                       "",
                       noise <= noise_limit.pass ? Grade::pass : Grade::conditional,
                       {"暗いと画像がざらつきます（{} 段階）。", "noisy in the dark ({} grey levels)"}});
    add_colour(writer, facts);
    add_formats(writer, facts);
    if (facts.ended)
        writer.add_end(*facts.ended);
    return result;
}

} // namespace kaomon::choose
