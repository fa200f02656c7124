#include "tools/evaluate/report_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kaomon::evaluate {
namespace {

struct Named {
    const char *name, *japanese;
};

constexpr std::array measures{
    Named{"norm", "テンプレートの長さ"},
    Named{"inter_eye_distance", "目の間隔"},
    Named{"frontal", "正面からの向き"},
    Named{"upright", "首の傾き"},
    Named{"eyes_open", "目の開き"},
    Named{"mouth_closed", "口の閉じ"},
    Named{"luminance_mean", "明るさ"},
    Named{"luminance_deviation", "明暗の差"},
    Named{"illumination_uniformity", "光のむら"},
    Named{"dynamic_range", "階調の幅"},
    Named{"sharpness", "鮮明さ"},
    Named{"face_flag", "顔らしさ"},
};

constexpr std::array steps{
    Named{"decode", "画像の復号"},
    Named{"observe", "顔の検出"},
    Named{"embed", "テンプレート作成"},
    Named{"card", "カード写真の作成と読み取り"},
};

Text named(std::span<const Named> all, const std::string& name) {
    const auto found = std::ranges::find(all, name, &Named::name);
    return found == all.end() ? same(name) : Text{fmt::format("{}（{}）", found->japanese, name), name};
}

} // namespace

Text same(const std::string& text) {
    return {text, text};
}

Text score_name(match::ScoreKind kind) {
    const std::string english(word(kind));
    return {kind == match::ScoreKind::cosine ? "コサイン（cosine）" : "母集団で正規化（normalised）",
            english};
}

Text sides(const Comparisons& one) {
    const auto [japanese, english] = score_name(one.kind);
    return {fmt::format("{}、{}", one.card ? "カードの写真とカメラの顔" : "カメラの顔どうし", japanese),
            fmt::format("{}, {} score", one.card ? "card x live" : "live x live", english)};
}

Text views(std::size_t count) {
    return {fmt::format("{0} 枚（k = {0}）", count), fmt::format("k = {}", count)};
}

Text group_name(const std::string& name) {
    return name.empty() ? Text{"グループなし", "(no group)"} : same(name);
}

Text threshold_name(const AtThreshold& at) {
    constexpr std::string_view worst = "no group above ";
    if (!at.name.starts_with(worst))
        return same(at.name);
    return {fmt::format("どのグループも {} 以下", at.name.substr(worst.size())), at.name};
}

Text measure_name(const std::string& measure) {
    return named(measures, measure);
}

Text step_name(const std::string& step) {
    return named(steps, step);
}

} // namespace kaomon::evaluate
