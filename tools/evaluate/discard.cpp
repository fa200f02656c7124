#include "tools/evaluate/discard.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::evaluate {
namespace {

struct Measure {
    const char* name;                 // as in the report
    float (*value)(const View& view); // more is better
};

constexpr float middle_grey = 128;

constexpr std::array measures{
    Measure{"norm", [](const View& v) { return v.face.get().norm; }},
    Measure{"inter_eye_distance", [](const View& v) { return v.quality.inter_eye_distance; }},
    Measure{"frontal", // degrees away from it
            [](const View& v) { return -std::hypot(v.quality.yaw, v.quality.pitch); }},
    Measure{"upright", [](const View& v) { return -std::abs(v.quality.roll); }},
    Measure{"eyes_open", [](const View& v) { return v.quality.eyes_open; }},
    Measure{"mouth_closed", [](const View& v) { return -v.quality.mouth_open; }},
    Measure{"luminance_mean", // away from the middle
            [](const View& v) { return -std::abs(v.quality.luminance_mean - middle_grey); }},
    Measure{"luminance_deviation", [](const View& v) { return v.quality.luminance_deviation; }},
    Measure{"illumination_uniformity", [](const View& v) { return v.quality.illumination_uniformity; }},
    Measure{"dynamic_range", [](const View& v) { return v.quality.dynamic_range; }},
    Measure{"sharpness", [](const View& v) { return v.quality.sharpness; }},
    Measure{"face_flag", [](const View& v) { return v.quality.face_flag; }},
};

} // namespace

std::vector<Discard> discard_curves(std::span<const MatedScore> scores, float threshold,
                                    std::span<const View* const> quality_of_row,
                                    std::span<const View* const> quality_of_column) {
    constexpr int steps = 20;
    constexpr double most = 0.5; // share discarded
    std::vector<Discard> curves;
    for (const Measure& measure : measures) {
        std::vector<std::pair<float, bool>> ordered; // quality, missed
        for (const MatedScore& one : scores) {
            float quality = measure.value(*quality_of_row[one.row]);
            if (!quality_of_column.empty())
                quality = std::min(quality, measure.value(*quality_of_column[one.column]));
            ordered.emplace_back(std::isfinite(quality) ? quality : std::numeric_limits<float>::lowest(),
                                 one.score < threshold);
        }
        std::ranges::sort(ordered);
        std::size_t missed = static_cast<std::size_t>(
            std::ranges::count_if(ordered, [](const auto& one) { return one.second; }));
        Discard curve{measure.name, {}};
        std::size_t gone = 0;
        for (int step = 0; step <= steps && !ordered.empty(); ++step) {
            const double share = most * step / steps;
            for (; static_cast<double>(gone) < share * static_cast<double>(ordered.size()); ++gone)
                missed -= ordered[gone].second ? 1 : 0;
            curve.points.push_back(
                {share, static_cast<double>(missed) / static_cast<double>(ordered.size() - gone)});
        }
        curves.push_back(std::move(curve));
    }
    return curves;
}

} // namespace kaomon::evaluate
