#include "daemon/capture/transaction.hpp"

#include "daemon/face/gate.hpp"

#include <algorithm>
#include <utility>

namespace kaomon::capture {
namespace {

bool demands_light(const Demands& demands) {
    return std::ranges::find(demands.required, liveness::Kind::flash) != demands.required.end();
}

} // namespace

Transaction::Transaction(face::Pipeline& pipeline, Demands demands)
    : pipeline_(&pipeline), demands_(std::move(demands)), stream_(pipeline), probe_(demands_.views),
      light_request_(demands_light(demands_), demands_.prefer_light) {}

Step Transaction::look(const Image& picture, Instant captured, std::uint64_t sequence) {
    const auto face = stream_->look(picture, captured);
    watch_.add(picture, face ? std::optional(*face) : std::nullopt, captured, sequence);
    const auto evidence = watch_.evidence();
    Step step;
    step.veto = liveness::veto(evidence, {});
    if (step.veto)
        return step;
    if (face)
        step.luminance = face->quality.luminance_mean;
    const Reason call = take_view(picture, face, captured);
    if (!liveness::veto(evidence, demands_.required))
        step.probe = probe_.ready(captured);
    if (!step.probe) {
        const auto request = call == Reason::hold_still ? watch_.request(demands_.required) : std::nullopt;
        step.hint = guidance_.next(request.value_or(call), captured);
        const auto& flash = evidence[static_cast<std::size_t>(liveness::Kind::flash)];
        if (!step.hint) // one word a frame
            step.light = light_request_.due(watch_.lasted(), flash.outcome, captured);
    }
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

void Transaction::light(const Light& now) {
    watch_.screen(now.shown);
    light_request_.available(now.available);
}

void Transaction::conclude() {
    stream_.reset();
    probe_ = match::Probe(demands_.views);
}

} // namespace kaomon::capture
