#include "daemon/liveness/watch.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kaomon::liveness {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds absence{500};    // of the face, after which it may be another one
constexpr float jump = 0.6F;            // of the face's width between two frames
constexpr std::size_t most_views = 6;   // to compare with
constexpr float views_apart = 0.04F;    // of asymmetry
constexpr Milliseconds view_life{3000}; // light and expression change
constexpr Milliseconds between_pairs{120}, between_portraits{200}, between_ripples{80};
constexpr std::size_t most_portraits = 4;
constexpr std::size_t most_ripples = 25; // two seconds
constexpr float best_turn = 0.2F;        // where heads and planes are farthest apart
constexpr std::size_t most_pairs = 16, most_corners = 70;
constexpr std::size_t most_looks = 40; // more than half a second of a fast camera
constexpr float frontal = 25;          // degrees: beyond, one eye is seen from the side
constexpr std::size_t most_skin = 600; // samples
constexpr Milliseconds one_request{4000};

float distance(const face::Box& a, const face::Box& b) {
    return std::hypot(a.left + a.right - b.left - b.right, a.top + a.bottom - b.top - b.bottom) / 2;
}

// Of a byte of sRGB.
const std::array<float, 256>& linear_light() {
    static const auto table = [] {
        std::array<float, 256> made{};
        for (std::size_t i = 0; i < made.size(); ++i) {
            const float value = static_cast<float>(i) / 255;
            made[i] = value <= 0.04045F ? value / 12.92F : std::pow((value + 0.055F) / 1.055F, 2.4F);
        }
        return made;
    }();
    return table;
}

} // namespace

void Watch::start_anew() {
    first_.reset();
    seen_.reset();
    views_.clear();
    compared_.reset();
    pairs_.clear();
    looks_.clear();
    blinks_ = 0;
    lives_.clear();
    portrayed_.reset();
    if (sameness_ && photo_replay(*sameness_).outcome != Outcome::fail)
        sameness_.reset();
    ripples_.clear();
    skin_.clear();
    for (auto* const kept : {&head_turn_, &moire_, &flash_}) {
        if (*kept && (*kept)->outcome != Outcome::fail)
            kept->reset();
    }
}

void Watch::add(const Image& picture, const std::optional<face::Observation>& face, Instant captured,
                std::uint64_t sequence) {
    feed_.add(picture, captured, sequence);
    if (seen_ && captured - *seen_ > absence)
        start_anew();
    if (!face)
        return;
    if (seen_ && distance(face->box, box_) > jump * std::max(face->box.width(), box_.width()))
        start_anew();
    if (!first_)
        first_ = captured;
    seen_ = captured;
    box_ = face->box;

    FaceCrop crop = cut_face(picture, *face);
    if (crop.empty())
        return;
    watch_lids(crop, *face, captured);
    watch_replay(crop, captured);
    watch_grid(picture, *face, captured);
    watch_skin(picture, *face, captured);
    watch_turn(std::move(crop), *face, captured);
}

void Watch::watch_turn(FaceCrop crop, const face::Observation& face, Instant captured) {
    const float asymmetry = nose_asymmetry(face);
    std::erase_if(views_, [&](const View& view) { return captured - view.captured > view_life; });
    const auto turn = [&](const View& view) { return std::abs(view.asymmetry - asymmetry); };
    if (!compared_ || captured - *compared_ >= between_pairs) {
        const auto better = [&](const View& a, const View& b) { // nearer to the best turn
            return std::abs(turn(a) - best_turn) < std::abs(turn(b) - best_turn);
        };
        const auto best = std::ranges::min_element(views_, better);
        if (best != views_.end() && captured - best->captured >= between_pairs) {
            compared_ = captured;
            if (pairs_.size() == most_pairs)
                pairs_.erase(pairs_.begin());
            pairs_.push_back(compare_views(best->crop, best->corners, crop, turn(*best)));
            const Evidence now = liveness::head_turn(pairs_);
            const bool failed = head_turn_ && head_turn_->outcome == Outcome::fail;
            if (now.outcome != Outcome::not_assessed && !failed)
                head_turn_ = now;
        }
    }
    const bool known =
        std::ranges::any_of(views_, [&](const View& view) { return turn(view) < views_apart; });
    if (known)
        return;
    if (views_.size() == most_views)
        views_.pop_front();
    auto points = corners(crop, most_corners);
    views_.push_back({std::move(crop), std::move(points), asymmetry, captured});
}

void Watch::watch_lids(const FaceCrop& crop, const face::Observation& face, Instant captured) {
    if (std::abs(face.quality.yaw) > frontal) {
        looks_.clear();
        return;
    }
    if (looks_.size() == most_looks)
        looks_.erase(looks_.begin());
    looks_.push_back(look_at_eyes(crop, captured));
    switch (lids(looks_)) {
    case Lids::blink:
        ++blinks_;
        break;
    case Lids::impossible:
        ++impossible_;
        break;
    case Lids::nothing:
        break;
    }
}

void Watch::watch_replay(const FaceCrop& crop, Instant captured) {
    if (portrayed_ && captured - *portrayed_ < between_portraits)
        return;
    portrayed_ = captured;
    if (lives_.size() == most_portraits)
        lives_.pop_front();
    lives_.push_back(fine_structure(crop));
    compare_with_photograph(lives_.back());
}

void Watch::compare_with_photograph(const Grey& live) {
    const auto now = sameness(photograph_, live);
    if (now && (!sameness_ || *now > *sameness_))
        sameness_ = now;
}

void Watch::photograph(const Image& picture, const face::Observation& face) {
    photograph_ = fine_structure(cut_face(picture, face));
    for (const Grey& live : lives_)
        compare_with_photograph(live);
}

void Watch::watch_grid(const Image& picture, const face::Observation& face, Instant captured) {
    const bool failed = moire_ && moire_->outcome == Outcome::fail;
    if (failed || (rippled_ && captured - *rippled_ < between_ripples))
        return;
    rippled_ = captured;
    const auto now = ripple(picture, face);
    if (!now)
        return;
    if (ripples_.size() == most_ripples)
        ripples_.erase(ripples_.begin());
    ripples_.push_back(*now);
    moire_ = liveness::moire(ripples_);
}

void Watch::watch_skin(const Image& picture, const face::Observation& face, Instant captured) {
    if (asked_.empty() || picture.channels != 3 || skin_.size() == most_skin)
        return;
    // Both cheeks: points 50 and 280 of the mesh, a seventh of the eyes' distance around them.
    const auto& five = face.five;
    const float reach = std::hypot(five[1].x - five[0].x, five[1].y - five[0].y) / 7;
    if (!(reach > 0 && reach < static_cast<float>(picture.width)))
        return; // no face
    const int steps = static_cast<int>(2 * reach);
    SkinSample sample{.captured = captured};
    int count = 0;
    for (const std::size_t cheek : {50U, 280U}) {
        const auto& middle = face.mesh[cheek];
        for (int row = 0; row <= steps; ++row) {
            for (int column = 0; column <= steps; ++column) {
                const float x = middle.x - reach + static_cast<float>(column);
                const float y = middle.y - reach + static_cast<float>(row);
                if (!(x >= 0 && y >= 0 && x < static_cast<float>(picture.width) &&
                      y < static_cast<float>(picture.height)))
                    continue;
                const auto* pixel = picture.pixels.data() + static_cast<std::size_t>(y) * picture.stride() +
                                    static_cast<std::size_t>(x) * 3;
                for (std::size_t c = 0; c < 3; ++c)
                    sample.colour[c] += linear_light()[pixel[c]];
                ++count;
            }
        }
    }
    if (count == 0)
        return;
    for (float& value : sample.colour)
        value /= static_cast<float>(count);
    skin_.push_back(sample);
    const Evidence now = liveness::flash(asked_, skin_);
    const bool failed = flash_ && flash_->outcome == Outcome::fail;
    // Only the whole of the colours is judged: the first few may agree by chance.
    if (captured - asked_.back().shown >= 400ms && now.outcome != Outcome::not_assessed && !failed)
        flash_ = now;
}

void Watch::flash(std::vector<FlashStep> asked) {
    asked_ = std::move(asked);
    skin_.clear();
}

std::vector<Evidence> Watch::evidence() const {
    std::vector<Evidence> found = feed_.evidence();
    for (const auto& one : {head_turn_, moire_, flash_}) {
        if (one)
            found.push_back(*one);
    }
    if (sameness_)
        found.push_back(photo_replay(*sameness_));
    found.push_back(liveness::blink(blinks_, impossible_));
    return all_kinds(std::move(found));
}

std::optional<Reason> Watch::request(std::span<const Kind> required) const {
    if (!first_)
        return std::nullopt;
    const auto all = evidence();
    const auto missing = [&](Kind kind) {
        return std::ranges::find(required, kind) != required.end() &&
               std::ranges::any_of(all, [&](const Evidence& one) {
                   return one.kind == kind && one.outcome == Outcome::not_assessed;
               });
    };
    const bool turn = missing(Kind::head_turn), blink = missing(Kind::blink);
    if (turn && blink)
        return (*seen_ - *first_) / one_request % 2 == 0 ? Reason::turn_slowly : Reason::blink_once;
    if (turn)
        return Reason::turn_slowly;
    return blink ? std::optional(Reason::blink_once) : std::nullopt;
}

} // namespace kaomon::liveness
