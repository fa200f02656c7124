#include "daemon/capture/transaction.hpp"

#include "daemon/face/gate.hpp"
#include "daemon/match/verdict.hpp"

#include <algorithm>
#include <utility>

namespace kaomon::capture {
namespace {

// Of a feed, before the other methods are offered: cameras that wake up or are moved to another port are back
// within two seconds.
constexpr Milliseconds longest_fault{3000};

} // namespace

Transaction::Transaction(face::Pipeline& pipeline, Demands demands)
    : pipeline_(&pipeline), demands_(std::move(demands)), stream_(pipeline), probe_(demands_.views),
      inquiry_(demands_.policy, demands_.required, demands_.random),
      may_ask_(!demands_.asks_with_photograph) {}

Step Transaction::look(const Image& picture, Instant captured, std::uint64_t sequence) {
    const auto face = stream_->look(picture, captured);
    watch_.add(picture, face ? std::optional(*face) : std::nullopt, captured, sequence);
    Step step;
    step.veto = liveness::veto(watch_.evidence(), {});
    if (step.veto)
        return match::is_veto(*step.veto) ? step : at_fault(*step.veto, captured);
    fault_since_.reset();
    if (face) {
        step.face = face->box;
        step.luminance = face->quality.luminance_mean;
    }
    const Reason call = take_view(picture, face, captured);
    const bool good = viewed_ == captured;
    const auto next = inquiry_.next(watch_, captured, may_ask_ && good, light_);
    if (next.presence == liveness::Presence::over) {
        step.over = Reason::presence_not_shown;
        return step;
    }
    if (next.request == Reason::screen_light) {
        step.light = true;
        return step;
    }
    if (next.request) {
        guidance_.show(*next.request, captured);
        step.hint = next.request;
        return step;
    }
    if (next.presence == liveness::Presence::shown) {
        present_ = present_.value_or(captured);
        if (viewed_ >= present_) // it is still the face whose presence was shown
            step.probe = probe_.ready(captured);
    } else {
        present_.reset();
    }
    if (!step.probe)
        step.hint = hint(call, captured);
    return step;
}

// While a request waits for its answer it stays; who is gone, or not alone, is told so.
std::optional<Reason> Transaction::hint(Reason call, Instant captured) {
    const auto request = inquiry_.open(captured);
    const bool stays = request && call != Reason::no_face && call != Reason::several_faces;
    return guidance_.next(stays ? *request : call, captured);
}

void Transaction::photograph(const Image& picture, const face::Observation& face) {
    watch_.photograph(picture, face);
    may_ask_ = true;
}

// The device's fault, which says nothing of the person and may heal. But nothing that was seen before counts
// together with what comes after: behind a fault one feed could be put in another's place.
Step Transaction::at_fault(Reason fault, Instant captured) {
    fault_since_ = fault_since_.value_or(captured);
    stream_.emplace(*pipeline_);
    probe_ = match::Probe(demands_.views);
    watch_.another_face();
    viewed_.reset();
    present_.reset();
    Step step;
    if (captured - *fault_since_ >= longest_fault)
        step.veto = fault;
    else
        step.hint = guidance_.next(fault, captured);
    return step;
}

// The view of this frame into the probe, if it is good enough. What the person should do now.
Reason Transaction::take_view(const Image& picture, const Result<face::Observation>& face, Instant captured) {
    if (!face)
        return face.error().reason;
    const auto fault = face::gate(*face, picture.width, picture.height, demands_.gate);
    if (fault && face::forbids(*fault))
        return *fault;
    const auto view = pipeline_->embed(picture, *face);
    if (!view)
        return view.error().reason;
    const bool another =
        probe_.add({*view, captured, face->quality.yaw, face->quality.pitch, face->track, fault.has_value()});
    if (another) // what was evidence for one person is none for the next
        watch_.another_face();
    viewed_ = captured;
    return fault.value_or(Reason::hold_still);
}

void Transaction::light(const Light& now) {
    watch_.screen(now.shown);
    light_ = now.available;
}

void Transaction::conclude() {
    stream_.reset();
    probe_ = match::Probe(demands_.views);
}

} // namespace kaomon::capture
