#include "tools/evaluate/species.hpp"

#include "tools/evaluate/clip_list.hpp"

#include <algorithm>
#include <array>

namespace kaomon::evaluate {
namespace {

using camera::Attacker;
using camera::Presentation;

Species species(Presentation presentation, const char* japanese, const char* english) {
    const std::string name(word(presentation));
    return {presentation,
            Attacker::unaware,
            camera::bona_fide(presentation) ? std::string(bona_fide_label) + "-" + name : name,
            {japanese, english}};
}
Species answering(Presentation presentation, const char* japanese, const char* english) {
    return {presentation,
            Attacker::answering,
            std::string(word(presentation)) + "-answering",
            {japanese, english}};
}

} // namespace

std::span<const Species> all_species() {
    using enum Presentation;
    static const std::array all{
        species(calm, "落ち着いて座る人", "a calm person"),
        species(live, "よく動く人", "a person who moves all the time"),
        species(glasses, "眼鏡をかけた人", "with glasses"),
        species(backlit, "逆光の人", "before a window"),
        species(child, "低い位置の顔（子ども、車いす）", "low in the picture (child, wheelchair)"),
        species(old, "動きのゆっくりした高齢の人", "an old person with slow movements"),
        species(speaking, "話している人", "a person who speaks"),
        species(flat, "手に持った写真", "print, held flat"),
        species(bent, "曲げた写真", "print, bent"),
        species(turned, "傾けて動かした写真", "print, turned and tilted"),
        species(moved, "前後左右に動かした写真", "print, moved and brought nearer"),
        answering(turned, "求めに合わせて傾けた写真", "print, turned as asked"),
        species(cutout, "目を切り抜いた写真（奥で目がまばたく）",
                "print with the eyes cut out, living eyes behind"),
        answering(cutout, "目を切り抜き、求めに合わせた写真", "the same, doing what is asked"),
        species(screen, "粗い画面の写真", "still on a coarse screen"),
        species(telephone_still, "細かい画面の写真", "still on a fine screen"),
        species(video, "粗い画面の動画", "video on a coarse screen"),
        species(telephone, "細かい画面の動画", "video on a fine screen"),
        answering(telephone, "細かい画面の動画、求めに 0.3 秒で応じる", "the same, answering within 0.3 s"),
        species(loop, "繰り返される映像", "clip fed in, coming round"),
        species(clip, "差し込まれた映像", "clip fed in"),
        answering(clip, "差し込まれた映像、求めに 0.3 秒で応じる", "the same, answering within 0.3 s"),
        species(frozen, "止まった映像", "frozen feed"),
    };
    return all;
}

const Species* species_of(std::string_view label) {
    const auto all = all_species();
    const auto found = std::ranges::find(all, label, &Species::label);
    return found == all.end() ? nullptr : &*found;
}

} // namespace kaomon::evaluate
