// All that speaks for or against a living face before the camera, frame by frame.
#pragma once

#include "daemon/liveness/blink.hpp"
#include "daemon/liveness/feed.hpp"
#include "daemon/liveness/flash.hpp"
#include "daemon/liveness/head_turn.hpp"
#include "daemon/liveness/moire.hpp"
#include "daemon/liveness/photo_replay.hpp"

#include <deque>
#include <optional>

namespace kaomon::liveness {

// Pure function of what was added. What it keeps of faces (small grey crops, at most eleven) is wiped when it
// goes, and when another face comes. Thread-bound.
//
// What passed, passed for the face that is there: when it goes for longer than half a second, or jumps, the
// next one starts anew. What failed stays.
class Watch {
  public:
    // Frames in the order they came. `face`: the one face of the picture, if there is one, whether good
    // enough for a template or not.
    void add(const Image& picture, const std::optional<face::Observation>& face, Instant captured,
             std::uint64_t sequence);
    // The card's photograph, as soon as it is known; may come before or after the live views.
    void photograph(const Image& picture, const face::Observation& face);
    // The camera was told to expose otherwise at that time.
    void exposed(Instant when) noexcept { feed_.exposed(when); }
    // The patient screen's side of a flash; empty ends it.
    void flash(std::vector<FlashStep> asked);

    // One for every kind, in the order of the enum.
    std::vector<Evidence> evidence() const;
    // What to ask of the person for the sake of a required kind that is not assessed yet: turn_slowly,
    // blink_once; empty while there is nothing to ask for. Both in turn, so that nobody is held up by the one
    // they cannot do.
    std::optional<Reason> request(std::span<const Kind> required) const;

  private:
    struct View {
        FaceCrop crop;
        SecretVector<face::Point> corners;
        float asymmetry;
        Instant captured;
    };
    void start_anew();
    void watch_turn(FaceCrop crop, const face::Observation& face, Instant captured);
    void watch_lids(const FaceCrop& crop, const face::Observation& face, Instant captured);
    void watch_replay(const FaceCrop& crop, Instant captured);
    void compare_with_photograph(const Grey& live);
    void watch_grid(const Image& picture, const face::Observation& face, Instant captured);
    void watch_skin(const Image& picture, const face::Observation& face, Instant captured);

    Feed feed_;
    std::optional<Instant> first_, seen_; // of the face that is there: since when, and last
    face::Box box_;

    std::deque<View> views_; // unlike each other, the newest last
    std::optional<Instant> compared_;
    SecretVector<TurnedPair> pairs_; // the newest last
    std::optional<Evidence> head_turn_;
    SecretVector<EyeLook> looks_; // the newest last
    int blinks_ = 0, impossible_ = 0;
    Grey photograph_;        // its fine structure
    std::deque<Grey> lives_; // the same of live views, the newest last: the photograph may come after
    std::optional<Instant> portrayed_; // when the newest was taken
    std::optional<float> sameness_;    // of the view most like the photograph
    SecretVector<float> ripples_;      // the newest last
    std::optional<Instant> rippled_;
    std::optional<Evidence> moire_;
    std::vector<FlashStep> asked_;
    SecretVector<SkinSample> skin_;
    std::optional<Evidence> flash_;
};

} // namespace kaomon::liveness
