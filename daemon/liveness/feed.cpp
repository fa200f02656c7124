#include "daemon/liveness/feed.hpp"

#include <algorithm>
#include <chrono>

namespace kaomon::liveness {
namespace {

using namespace std::chrono_literals;

// Frames before anything but a failure is said: a third of a second at 25 frames a second.
constexpr int enough = 8;
constexpr std::size_t memory = 300; // frames: 10 s and more; what is older is forgotten

// Grey levels; a capped lens gives under 5, a dark room with a face in it over 20.
constexpr float black_luminance = 10;
constexpr int black_limit = 5; // frames in a row

// Mean absolute texture under which there is nothing to know again (capped, fogged, burnt out): such frames
// can be equal to the last bit without any fraud.
constexpr float least_structure = 0.01F;

// Cameras that lengthen the exposure in the dark hand out each picture two or three times to keep up their
// frame rate.
constexpr int same_limit = 4; // equal frames in a row

// A return: at least this many frames back, so that neither flicker nor a slow movement looks like one.
constexpr std::size_t shortest_loop = 8;
constexpr int exact_limit = 3; // single frames that came back to the last bit
// Nearly equal frames count when they are much nearer to each other than each is to its neighbour in time,
// many times in a row at one and the same distance.
constexpr float nearness = 0.35F;
constexpr int return_limit = 10;         // frames in a row
constexpr std::size_t lags_limit = 4096; // distances followed; a real feed has a handful
constexpr float least_motion = 0.002F;   // texture distance; below it, noise decides

// A jump, as share of the picture's structure that is new. A cut is one step alone; whatever moves by itself
// speeds up and slows down over several frames. In a recording of a restless speaker with a panning camera
// (clips-dev, 30 frames a second) continuous steps reach 0.56 beside others nearly as large; its three cuts
// are 0.9 to 1.8.
constexpr float lone_step = 0.30F;
constexpr float lone_factor = 4;           // over both of its neighbours
constexpr float cut_step = 1.00F;          // a cut into a scene that moves
constexpr float cut_factor = 5;            // over the usual step
constexpr std::size_t usual_window = 15;   // steps
constexpr Milliseconds neighbours{100};    // further apart, a scene may well have changed by itself
constexpr Milliseconds light_settles{300}; // cameras take some frames; bright parts clip all at once
constexpr Milliseconds clock_slack{200};   // timestamps made from a USB clock step back a little at times

} // namespace

void Feed::add_frame(const Image& picture, Instant captured, std::uint64_t sequence) {
    if (added_ > 0) {
        if (sequence == last_sequence_)
            return;
        const bool backwards = sequence < last_sequence_ || captured + clock_slack < last_captured_;
        const bool resized = picture.width != width_ || picture.height != height_;
        if (backwards || resized)
            note_jump(2);
    }
    ++added_;
    last_sequence_ = sequence;
    last_captured_ = captured;
    width_ = picture.width;
    height_ = picture.height;

    const Seen now{fingerprint(picture), captured, sequence};
    if (now.print.mean_luminance < black_luminance) {
        if (++black_run_ >= black_limit)
            note_fault();
        return;
    }
    black_run_ = 0;
    if (now.print.structure < least_structure)
        return;

    ++judged_;
    if (!frames_.empty() && same_picture(now.print, frames_.back().print)) {
        if (++same_run_ >= same_limit)
            note_fault();
        return; // nothing new: a repeat is neither a step nor a return
    }
    same_run_ = 1;
    if (since_fault_)
        ++*since_fault_;
    if (!frames_.empty()) {
        look_for_return(now);
        look_for_jump(now);
    }
    if (frames_.size() == memory)
        frames_.erase(frames_.begin());
    frames_.push_back(now);
}

void Feed::screen(std::span<const FlashStep> shown) {
    if (shown.size() == colours_)
        return;
    colours_ = shown.size();
    lit_anew_ = shown.empty() ? last_captured_ : shown.back().shown; // or it shows its own view again
}

void Feed::look_for_return(const Seen& now) {
    const float motion = distance(now.print, frames_.back().print);
    bool exact = false;
    for (std::size_t i = 0; i + shortest_loop <= frames_.size(); ++i) {
        const Seen& earlier = frames_[i];
        exact = exact || same_picture(earlier.print, now.print);
        const std::uint64_t lag = now.sequence - earlier.sequence;
        if (motion < least_motion || !within(now.print, earlier.print, nearness * motion)) {
            returns_at_lag_.erase(lag);
        } else {
            longest_return_ = std::max(longest_return_, ++returns_at_lag_[lag]);
        }
    }
    if (exact)
        ++exact_returns_;
    if (returns_at_lag_.size() > lags_limit)
        returns_at_lag_.clear();
}

void Feed::look_for_jump(const Seen& now) {
    const Seen& before = frames_.back();
    const float structure = (now.print.structure + before.print.structure) / 2; // both over least_structure
    const bool settling = lit_anew_ && now.captured - *lit_anew_ <= light_settles;
    const bool near = now.captured - before.captured <= neighbours && !settling;
    steps_.push_back({distance(now.print, before.print) / structure, near});
    if (steps_.size() > usual_window)
        steps_.erase(steps_.begin());
    if (judged_ < enough || steps_.size() < 3)
        return;

    const auto last = steps_.end() - 1;
    if (last->near) {
        SecretVector<Step> usual(steps_.begin(), last);
        const auto middle = usual.begin() + static_cast<std::ptrdiff_t>(usual.size() / 2);
        std::ranges::nth_element(usual, middle, {}, &Step::share);
        note_jump(last->share / std::max(cut_step, cut_factor * middle->share));
    }
    // The step before this one, now that both of its neighbours are known.
    const auto middle = last - 1;
    if (middle->near) {
        const float beside = std::max((middle - 1)->share, last->share);
        note_jump(middle->share / std::max(lone_step, lone_factor * beside));
    }
}

void Feed::note_jump(float over_allowed) {
    largest_jump_ = std::max(largest_jump_, over_allowed);
}

std::vector<Evidence> Feed::evidence() const {
    const auto judge = [this](Kind kind, bool failed, float margin, bool settled = true) {
        if (failed)
            return Evidence{kind, Outcome::fail, margin};
        return Evidence{kind, settled && judged_ >= enough ? Outcome::pass : Outcome::not_assessed, margin};
    };
    const bool healed = since_fault_.value_or(enough) >= enough;
    const int black_left = black_limit - black_run_;
    const Evidence black =
        judge(Kind::feed_black, black_left <= 0, static_cast<float>(black_left), healed && black_run_ == 0);
    const int same_left = same_limit - same_run_;
    const int returns_left = std::min(exact_limit - exact_returns_, return_limit - longest_return_);
    return {black, judge(Kind::feed_frozen, same_left <= 0, static_cast<float>(same_left), healed),
            judge(Kind::feed_repeated, returns_left <= 0, static_cast<float>(returns_left)),
            judge(Kind::feed_spliced, largest_jump_ >= 1, 1 - largest_jump_)};
}

} // namespace kaomon::liveness
