#include "daemon/visit/face_part.hpp"

#include "drivers/base/log.hpp"

#include <string>
#include <utility>

namespace kaomon::visit {
namespace {

constexpr Milliseconds camera_budget{1500}; // for the first frame, and for each one after it
constexpr int most_torn = 20;               // frames in a row: two thirds of a second; one is no news

} // namespace

FacePart::FacePart(FaceDevices devices, capture::Demands demands)
    : devices_(devices), demands_(std::move(demands)), capture_(devices_.pipeline, demands_) {}
FacePart::~FacePart() = default;

std::optional<FaceEvent> FacePart::begin() {
    close_camera();
    capture_ = {devices_.pipeline, demands_};
    metering_.reset();
    torn_ = 0;
    last_sequence_ = 0;
    auto lease = devices_.camera.open(SteadyClock::now() + camera_budget);
    if (!lease)
        return failed(lease.error());
    metering_.emplace((*lease)->exposure_range());
    const std::lock_guard lock(mutex_);
    lease_ = std::move(*lease);
    return std::nullopt;
}

std::optional<FaceEvent> FacePart::look() {
    const auto frame = lease_->next(SteadyClock::now() + camera_budget);
    if (!frame) {
        if (frame.error().reason == Reason::cancelled)
            return std::nullopt;
        return failed(frame.error());
    }
    count(frame->sequence);
    const auto picture = camera::decode(*frame);
    if (!picture) {
        if (++torn_ < most_torn)
            return std::nullopt;
        return failed(picture.error());
    }
    torn_ = 0;
    const auto step = capture_.look(*picture, frame->captured, frame->sequence);
    preview_.next(*picture, step.face, frame->captured);
    if (step.veto)
        return failed({*step.veto, "evidence against a living face before a running camera"});
    if (step.over)
        return failed({*step.over, "no evidence of a living face in the time given"});
    meter(step.luminance, frame->captured);
    if (step.probe) {
        close_camera(); // what was asked for is there
        return FaceReady{*step.probe, capture_.evidence()};
    }
    if (step.light)
        return FaceWantsLight{};
    return step.hint ? std::optional<FaceEvent>(FaceHint{*step.hint}) : std::nullopt;
}

void FacePart::count(std::uint64_t sequence) {
    ++frames_.looked_at;
    if (last_sequence_ != 0 && sequence > last_sequence_)
        frames_.passed_over += sequence - last_sequence_ - 1;
    last_sequence_ = sequence;
}

void FacePart::meter(std::optional<float> luminance, Instant captured) {
    const auto stops = metering_->next(luminance, captured);
    if (!stops)
        return;
    if (const auto set = lease_->expose(*stops)) {
        capture_.exposed(captured);
    } else { // then it stays as the camera chooses
        log(LogLevel::warning, "camera: exposure: " + set.error().detail);
        metering_.emplace(camera::ExposureRange{});
    }
}

FaceEvent FacePart::make_reference(const SecretBytes& photo) {
    const auto picture = devices_.decoder.decode(photo);
    if (!picture)
        return ReferenceFailed{picture.error()};
    const auto reference = devices_.pipeline.reference(*picture);
    if (!reference)
        return ReferenceFailed{{Reason::photo_without_face, std::string(word(reference.error().reason))}};
    capture_.photograph(*picture, reference->face);
    return ReferenceReady{reference->view, capture_.evidence()};
}

FaceEvent FacePart::failed(const Failure& why) {
    close_camera();
    return FaceFailed{why, capture_.evidence()};
}

void FacePart::end() {
    close_camera();
    capture_ = {devices_.pipeline, demands_}; // the old one holds traces of pictures
    devices_.pipeline.forget();
    devices_.decoder.renew();
}

void FacePart::interrupt() {
    const std::lock_guard lock(mutex_);
    if (lease_)
        lease_->interrupt();
}

void FacePart::close_camera() {
    std::unique_ptr<camera::CameraLease> closing;
    {
        const std::lock_guard lock(mutex_);
        closing = std::move(lease_);
    }
    if (closing)
        preview_.end();
    closing.reset();
    capture_.conclude();
}

} // namespace kaomon::visit
