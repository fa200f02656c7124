#include "tools/rehearse/test_visit.hpp"

#include "daemon/face/stream.hpp"
#include "daemon/match/comparison.hpp"
#include "daemon/match/probe.hpp"
#include "drivers/card/mynumber/face_reading.hpp"
#include "drivers/card/simulated/simulated_reader.hpp"
#include "tools/rehearse/simulated_card.hpp"

#include <algorithm>

namespace kaomon::rehearse {
namespace {

namespace mynumber = card::mynumber;
namespace simulated = card::simulated;

constexpr int views = 3; // fused into a probe, as by kaomond's default
constexpr std::uint8_t min_tries = 6;

double since(Instant begun) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count();
}

struct View {
    Image picture;
    face::Observation face;
    Instant captured;
};

// The next frame with a face that passes the gate; hints go to the person meanwhile.
class Look {
  public:
    Look(const Parts& parts, camera::CameraLease& lease, const std::function<void(Reason)>& hint)
        : parts_(parts), lease_(lease), hint_(hint), stream_(parts.pipeline),
          until_(SteadyClock::now() + parts.patience) {}

    Result<View> next() {
        while (SteadyClock::now() < until_) {
            const auto frame = lease_.next(until_);
            if (!frame)
                return std::unexpected(frame.error());
            auto picture = camera::decode(*frame);
            if (!picture)
                continue; // torn
            auto face = stream_.look(*picture, frame->captured);
            const std::optional<Reason> fault =
                face ? face::gate(*face, picture->width, picture->height, parts_.gate)
                     : std::optional(face.error().reason);
            if (!fault || !face::forbids(*fault))
                return View{std::move(*picture), *face, frame->captured};
            if (last_ != fault)
                hint_(*fault);
            last_ = fault;
        }
        return fail(last_.value_or(Reason::no_face), "no good view of a face in time");
    }

  private:
    const Parts& parts_;
    camera::CameraLease& lease_;
    const std::function<void(Reason)>& hint_;
    face::Stream stream_;
    Instant until_;
    std::optional<Reason> last_;
};

// Head and shoulders, 4:5, as far as the picture goes.
simulated::Crop portrait_of(const View& view) {
    const face::Box& box = view.face.box;
    const float width = std::min({box.width() * 2, static_cast<float>(view.picture.width),
                                  static_cast<float>(view.picture.height) * 0.8F});
    const float height = width * 1.25F;
    const float left =
        std::clamp((box.left + box.right - width) / 2, 0.0F, static_cast<float>(view.picture.width) - width);
    const float top = std::clamp((box.top + box.bottom - height) / 2, 0.0F,
                                 static_cast<float>(view.picture.height) - height);
    return {static_cast<int>(left), static_cast<int>(top), static_cast<int>(width), static_cast<int>(height)};
}

Result<mynumber::FaceReading> read(const SimulatedCard& issued, Date today) {
    simulated::SimulatedReader reader;
    reader.insert(issued.card);
    reader.wait({}, SteadyClock::now() + std::chrono::seconds(1));
    auto card = reader.open();
    if (!card)
        return std::unexpected(card.error());
    mynumber::Guard guard(min_tries);
    return mynumber::read_face(**card, {.number = issued.number, .era_year = {}, .security_code = {}}, guard,
                               mynumber::IdempotencyKey{1}, issued.trust, today);
}

Result<face::Template> reference_of(const Parts& parts, const SecretBytes& photo) {
    const auto picture = parts.decoder.decode(photo);
    if (!picture)
        return std::unexpected(picture.error());
    const auto reference = parts.pipeline.reference(*picture);
    if (!reference)
        return fail(Reason::photo_without_face, std::string(word(reference.error().reason)));
    return reference->view;
}

Result<face::Template> probe_of(const Parts& parts, Look& look) {
    match::Probe probe(views);
    while (true) {
        const auto view = look.next();
        if (!view)
            return std::unexpected(view.error());
        const auto face = parts.pipeline.embed(view->picture, view->face);
        if (!face)
            continue;
        probe.add(
            {*face, view->captured, view->face.quality.yaw, view->face.quality.pitch, view->face.track});
        if (auto ready = probe.ready(view->captured))
            return *ready;
    }
}

} // namespace

Result<Visit> visit(const Parts& parts, Date today, const std::function<void(Reason)>& hint) {
    Visit done;
    Instant begun = SteadyClock::now();
    const auto lease = parts.camera.open(begun + parts.patience);
    if (!lease)
        return std::unexpected(lease.error());
    done.stages.first_frame = since(begun);
    const auto sitter = Look(parts, **lease, hint).next();
    if (!sitter)
        return std::unexpected(sitter.error());
    const auto issued = issue_card(sitter->picture, portrait_of(*sitter), today);
    if (!issued)
        return std::unexpected(issued.error());

    begun = SteadyClock::now();
    const auto record = read(*issued, today);
    if (!record)
        return std::unexpected(record.error());
    done.stages.card = since(begun);
    if (record->genuineness.reason) {
        done.reason = *record->genuineness.reason;
        return done;
    }
    begun = SteadyClock::now();
    const auto reference = reference_of(parts, record->photo);
    if (!reference)
        return std::unexpected(reference.error());
    done.stages.photograph = since(begun);

    begun = SteadyClock::now();
    Look look(parts, **lease, hint);
    const auto probe = probe_of(parts, look);
    if (!probe)
        return std::unexpected(probe.error());
    done.stages.face = since(begun);
    begun = SteadyClock::now();
    done.reason = match::compare(*probe, *reference) >= match::policies().front().threshold
                      ? Reason::match
                      : Reason::no_match;
    done.stages.comparison = since(begun);
    return done;
}

} // namespace kaomon::rehearse
