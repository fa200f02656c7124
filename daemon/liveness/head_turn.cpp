#include "daemon/liveness/head_turn.hpp"

#include "daemon/liveness/homography.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::liveness {
namespace {

constexpr float tolerance = 0.02F * FaceCrop::eye_distance; // pixels
constexpr int fewest_points = 24;
constexpr std::size_t fewest_pairs = 3;
constexpr std::size_t most_pairs = 7;
constexpr float live_limit = 0.61F, flat_limit = 0.84F;
constexpr float least_tilt = 0.04F; // of a plane whose nose seems to turn; a still head trembles by 0.02
constexpr float sheet_tilt = 0.06F;
constexpr float plain_tilt = 0.08F; // of a plane that turned though its nose does not tell

constexpr std::size_t most_views = 6;   // to compare with
constexpr float views_apart = 0.04F;    // of asymmetry
constexpr Milliseconds view_life{3000}; // light and expression change
constexpr Milliseconds between_pairs{120};
constexpr float best_turn = 0.2F; // where heads and planes are farthest apart
constexpr std::size_t most_kept_pairs = 16, most_corners = 70;

// Where the map is looked at: the middle of the face, and so many pixels around it.
constexpr face::Point middle{FaceCrop::middle_x, FaceCrop::middle_y + FaceCrop::eye_distance / 2.F};
constexpr float step = 4;

// Of the map's first derivative in the middle of the face, the larger stretch over the smaller one.
float anisotropy(const Homography& map) {
    const auto along = [&](float dx, float dy) {
        const auto a = map({middle.x - dx, middle.y - dy}), b = map({middle.x + dx, middle.y + dy});
        return face::Point{(b.x - a.x) / (2 * step), (b.y - a.y) / (2 * step)};
    };
    const face::Point x = along(step, 0), y = along(0, step);
    const float sum = x.x * x.x + x.y * x.y + y.x * y.x + y.y * y.y; // of the squared singular values
    const float product = std::abs(x.x * y.y - x.y * y.x);           // of the singular values
    const float root = std::sqrt(std::max(0.F, sum * sum / 4 - product * product));
    const float larger = std::sqrt(sum / 2 + root), smaller = std::sqrt(std::max(0.F, sum / 2 - root));
    return smaller > 0 ? larger / smaller - 1 : 1;
}

// A sheet that turned: with one of these in sight the relief of the whole is not believed.
bool tilted_plane(const TurnedPair& pair) {
    return pair.points >= fewest_points && pair.share >= flat_limit && pair.tilt >= sheet_tilt;
}

} // namespace

float nose_asymmetry(const face::Observation& face) noexcept {
    const auto& [left, right, nose, mouth_left, mouth_right] = face.five;
    const float to_left = std::hypot(nose.x - left.x, nose.y - left.y);
    const float to_right = std::hypot(nose.x - right.x, nose.y - right.y);
    const float sum = to_left + to_right;
    return sum > 0 && std::isfinite(sum) ? (to_left - to_right) / sum : 0;
}

TurnedPair compare_views(const FaceCrop& before, std::span<const face::Point> points, const FaceCrop& after,
                         float turn) {
    const auto tracks = track(before, after, points);
    const PlaneFit fit = fit_plane(tracks, tolerance);
    return {turn, fit.points, fit.share, fit.share > 0 ? anisotropy(fit.map) : 0};
}

Evidence head_turn(std::span<const TurnedPair> pairs) noexcept {
    SecretVector<TurnedPair> decisive;
    for (const TurnedPair& pair : pairs) {
        const bool on_plane = pair.share >= flat_limit;
        const bool turned = pair.turn >= least_turn && pair.turn <= largest_turn;
        if (pair.points < fewest_points || !(turned || (on_plane && pair.tilt >= plain_tilt)) ||
            (on_plane && pair.tilt < least_tilt))
            continue;
        decisive.push_back(pair);
    }
    if (decisive.size() < fewest_pairs)
        return {Kind::head_turn, Outcome::not_assessed, 0};
    std::ranges::sort(decisive, std::ranges::greater{}, &TurnedPair::turn);
    decisive.resize(std::min(decisive.size(), most_pairs));
    std::ranges::sort(decisive, {}, &TurnedPair::share);
    const float share = decisive[decisive.size() / 2].share;
    if (share <= live_limit)
        return {Kind::head_turn, Outcome::pass, live_limit - share};
    if (share >= flat_limit)
        return {Kind::head_turn, Outcome::fail, flat_limit - share};
    return {Kind::head_turn, Outcome::not_assessed, 0};
}

void HeadTurn::reset_for_new_face() {
    views_.clear();
    compared_.reset();
    pairs_.clear();
    relief_.reset();
    finding_.reset_for_new_face();
}

void HeadTurn::add_face(const FaceView& view) {
    if (finding_.evidence().outcome == Outcome::not_assessed) {
        relief_.add(view);
        if (relief_.shown() && std::ranges::none_of(pairs_, tilted_plane))
            finding_.note({Kind::head_turn, Outcome::pass, 0});
    }
    const float asymmetry = nose_asymmetry(view.face);
    std::erase_if(views_, [&](const View& one) { return view.captured - one.captured > view_life; });
    if (!compared_ || view.captured - *compared_ >= between_pairs)
        compare(view, asymmetry);
    const bool known = std::ranges::any_of(
        views_, [&](const View& one) { return std::abs(one.asymmetry - asymmetry) < views_apart; });
    if (known)
        return;
    if (views_.size() == most_views)
        views_.pop_front();
    views_.push_back({view.crop, corners(view.crop, most_corners), asymmetry, view.captured});
}

void HeadTurn::compare(const FaceView& view, float asymmetry) {
    const auto turn = [&](const View& one) { return std::abs(one.asymmetry - asymmetry); };
    const auto better = [&](const View& a, const View& b) { // nearer to the best turn
        return std::abs(turn(a) - best_turn) < std::abs(turn(b) - best_turn);
    };
    const auto best = std::ranges::min_element(views_, better);
    if (best == views_.end() || view.captured - best->captured < between_pairs)
        return;
    compared_ = view.captured;
    if (pairs_.size() == most_kept_pairs)
        pairs_.erase(pairs_.begin());
    pairs_.push_back(compare_views(best->crop, best->corners, view.crop, turn(*best)));
    if (const Evidence now = head_turn(pairs_); now.outcome != Outcome::not_assessed)
        finding_.note(now);
}

} // namespace kaomon::liveness
