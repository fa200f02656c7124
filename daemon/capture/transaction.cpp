#include "daemon/capture/transaction.hpp"

#include "daemon/face/gate.hpp"
#include "daemon/match/verdict.hpp"

#include <utility>

namespace kaomon::capture {
namespace {

// Of a feed, before the other methods are offered: cameras that wake up or are moved to another port are back
// within two seconds.
constexpr Milliseconds longest_fault{3000};

} // namespace

Transaction::Transaction(face::Pipeline& pipeline, Demands demands)
    : pipeline_(&pipeline), demands_(std::move(demands)), stream_(pipeline), probe_(demands_.views) {}

Step Transaction::look(const Image& picture, Instant captured, std::uint64_t sequence) {
    const auto face = stream_->look(picture, captured);
    watch_.add(picture, face ? std::optional(*face) : std::nullopt, captured, sequence);
    const auto evidence = watch_.evidence();
    Step step;
    step.veto = liveness::veto(evidence, {});
    if (step.veto)
        return match::is_veto(*step.veto) ? step : at_fault(*step.veto, captured);
    fault_since_.reset();
    if (face)
        step.luminance = face->quality.luminance_mean;
    const Reason call = take_view(picture, face, captured);
    if (!liveness::veto(evidence, demands_.required))
        step.probe = probe_.ready(captured);
    if (!step.probe) {
        const auto request = call == Reason::hold_still ? watch_.request(demands_.required) : std::nullopt;
        step.hint = guidance_.next(request.value_or(call), captured);
    }
    return step;
}

// The device's fault, which says nothing of the person and may heal. But nothing that was seen before counts
// together with what comes after: behind a fault one feed could be put in another's place.
Step Transaction::at_fault(Reason fault, Instant captured) {
    fault_since_ = fault_since_.value_or(captured);
    stream_.emplace(*pipeline_);
    probe_ = match::Probe(demands_.views);
    watch_.interrupted();
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
    probe_.add({*view, captured, face->quality.yaw, face->quality.pitch, face->track, fault.has_value()});
    return fault.value_or(Reason::hold_still);
}

void Transaction::conclude() {
    stream_.reset();
    probe_ = match::Probe(demands_.views);
}

} // namespace kaomon::capture
