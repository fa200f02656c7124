#include "daemon/session/verification_desk.hpp"

#include "daemon/session/admission.hpp"
#include "daemon/session/methods.hpp"
#include "daemon/session/session_id.hpp"
#include "daemon/session/verification_desk_impl.hpp"
#include "drivers/base/log.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace kaomon::session {
namespace {

// Callers name their idempotency_keys without knowing of each other.
card::mynumber::IdempotencyKey key_of(const Caller& caller, std::string_view name) {
    return card::mynumber::idempotency_key_of(text(caller), name);
}

// What a person entered last and the card refused: cancelling after it takes the reason not away.
std::optional<Reason> refused_entry(const Verification& running) {
    if (running.state == State::waiting_method && !running.earlier.empty() &&
        running.earlier.back().method == Method::pin)
        return running.earlier.back().reason;
    if (running.state == State::waiting_access_number && running.hint &&
        *running.hint != Reason::access_number_missing && // nothing was entered yet
        describe(*running.hint).leaves == Leaves::another_number)
        return running.hint;
    return std::nullopt;
}

} // namespace

VerificationDesk::Impl::Impl(boost::asio::io_context& io, Settings with, result::SigningKey signing,
                             audit::Log log_of_audit)
    : loop(io), settings(std::move(with)), key(std::move(signing)), audit(std::move(log_of_audit)),
      deadline(io), alarm(io), unseen(io), away(io), started(settings.now()) {
    board.now.camera = settings.camera;
    settings.info.jwk_set = key.jwk_set();
    screen = std::make_shared<PatientScreen>(io, settings.light, settings.random,
                                             [this](const capture::Light& now) { light_changed(now); });
    screen->name(settings.clinic);
    board.watch([this](const DeviceStatus& status) { screen->show_card(status.card_present, status.alarm); });
    show_troubles();
    look_at_camera(); // the status tells before the first patient
}

camera::origin::Report VerificationDesk::Impl::look_at_camera() {
    if (!settings.camera_check.look)
        return {};
    auto report = settings.camera_check.look();
    const auto of_origin = [](Reason why) {
        return why == Reason::camera_virtual || why == Reason::camera_changed ||
               why == Reason::camera_record_unusable;
    };
    // Whether it streams, only a session finds out.
    if (report.fault && of_origin(report.fault->reason)) {
        board.now.camera_fault = report.fault->reason;
        log(LogLevel::warning,
            "camera: " + std::string(word(report.fault->reason)) + ": " + report.fault->detail);
    } else if (board.now.camera_fault && of_origin(*board.now.camera_fault)) {
        board.now.camera_fault.reset();
    }
    board.publish();
    return report;
}

VerificationDesk::VerificationDesk(boost::asio::io_context& loop, Settings settings, result::SigningKey key,
                                   audit::Log audit)
    : impl_(std::make_shared<Impl>(loop, std::move(settings), std::move(key), std::move(audit))) {}

VerificationDesk::~VerificationDesk() {
    stop();
}

void VerificationDesk::attach(std::unique_ptr<CardSide> card, std::unique_ptr<FaceSide> face) {
    impl_->card = std::move(card);
    impl_->face = std::move(face);
}

void VerificationDesk::on_card(std::uint64_t visit, visit::CardEvent event) {
    boost::asio::post(impl_->loop, [self = std::weak_ptr(impl_), visit, event = std::move(event)]() mutable {
        const auto desk = self.lock();
        if (!desk)
            return;
        const bool of_reader = std::holds_alternative<visit::ReaderChanged>(event);
        if (!of_reader && (!desk->running || desk->running->visit != visit))
            return; // of a visit that is over
        std::visit([&](auto& one) { desk->take(one); }, event);
    });
}

void VerificationDesk::on_face(std::uint64_t visit, visit::FaceEvent event) {
    boost::asio::post(impl_->loop, [self = std::weak_ptr(impl_), visit, event = std::move(event)]() mutable {
        const auto desk = self.lock();
        if (!desk || !desk->running || desk->running->visit != visit)
            return;
        std::visit([&](auto& one) { desk->take(one); }, event);
    });
}

void VerificationDesk::on_health(std::vector<Reason> troubles) {
    boost::asio::post(impl_->loop, [self = std::weak_ptr(impl_), troubles = std::move(troubles)]() mutable {
        if (const auto desk = self.lock()) {
            desk->health_troubles = std::move(troubles);
            desk->tend_record();
            desk->show_troubles();
            desk->board.publish();
        }
    });
}

void VerificationDesk::on_stuck(std::vector<Reason> threads) {
    boost::asio::post(impl_->loop, [self = std::weak_ptr(impl_), threads = std::move(threads)]() mutable {
        if (const auto desk = self.lock())
            desk->take_stuck(std::move(threads));
    });
}

void VerificationDesk::stop() {
    impl_->stopping = true;
    impl_->handle(Event::cancel, match::refuse(Reason::shutting_down));
    impl_->tend_record();
    impl_->card.reset();
    impl_->face.reset();
}

const DeviceInfo& VerificationDesk::info() const noexcept {
    return impl_->settings.info;
}
DeviceStatus VerificationDesk::status() const {
    return impl_->board.now;
}

camera::origin::Report VerificationDesk::camera() {
    return impl_->look_at_camera();
}

kaomon::Result<camera::origin::Identity> VerificationDesk::accept_camera(const Caller& operating,
                                                                         std::string_view id) {
    if (!impl_->settings.camera_check.accept)
        return Desk::accept_camera(operating, id);
    auto accepted = impl_->settings.camera_check.accept(id);
    if (accepted)
        log(LogLevel::info, "camera: user " + text(operating) + " accepted " + accepted->model + " on port " +
                                accepted->port);
    impl_->look_at_camera();
    return accepted;
}

std::uint64_t VerificationDesk::watch(Watcher watcher) {
    return impl_->board.watch(std::move(watcher));
}
void VerificationDesk::unwatch(std::uint64_t token) noexcept {
    impl_->board.unwatch(token);
}

std::expected<SessionId, Refusal> VerificationDesk::Impl::begin(Request request, Listener listener) {
    if (stopping)
        return std::unexpected(Refusal{Reason::shutting_down, Milliseconds{0}, {}});
    if (auto busy = busy_for(request.caller))
        return std::unexpected(std::move(*busy));
    if (!recordable()) {
        board.publish();
        return std::unexpected(Refusal{Reason::audit_unwritable, Milliseconds{0}, "nothing can be recorded"});
    }
    if (request.methods.empty())
        request.methods.push_back(Method::face);
    if (request.deadline == Milliseconds{0})
        request.deadline = settings.deadline;
    if (auto refusal = refusal_of(request, settings.info, settings.deadline, settings.now()))
        return std::unexpected(std::move(*refusal));
    if (!line.next(request.caller, SteadyClock::now()))
        return std::unexpected(wait_for_turn(request.caller));

    Verification verification;
    verification.id = make_session_id();
    verification.visit = ++visits;
    verification.begun = verification.entered = verification.moved = SteadyClock::now();
    verification.deadline = verification.begun + request.deadline;
    verification.method = request.methods.front();
    verification.open_methods = request.methods;
    if (request.access_number) {
        const auto idempotency_key =
            key_of(request.caller, request.idempotency_key.empty() ? request.nonce : request.idempotency_key);
        verification.idempotency_keys.insert(idempotency_key.value);
        verification.access_number = {std::move(*request.access_number), idempotency_key, true};
        request.access_number.reset();
    }
    verification.request = std::move(request);
    verification.listener = std::move(listener);
    running = std::move(verification);
    alarm.cancel();
    board.now.alarm.reset();
    watch_deadline();
    boost::asio::post(loop, [self = weak_from_this(), visit = running->visit] {
        const auto later = self.lock();
        if (!later || !later->running || later->running->visit != visit)
            return;
        later->screen->show(later->running->request);
        later->handle(Event::begin);
        if (!later->running || later->running->visit != visit)
            return; // its caller has cancelled from within the first reply
        const auto& expect = later->running->request.expect;
        // It tells the reader's state first: a card that lies there already is met at once.
        later->card->begin(visit, expect ? expect->birth_date : std::nullopt, later->wants(Method::pin));
        if (later->board.now.reader_fault == Reason::reader_stuck)
            later->end_at_stuck_reader();
    });
    return running->id;
}

std::expected<SessionId, Refusal> VerificationDesk::begin(Request request, Listener listener) {
    auto begun = impl_->begin(std::move(request), std::move(listener));
    if (!begun)
        impl_->counts.refused.add({std::string(word(begun.error().reason))});
    return begun;
}

kaomon::Result<bool> VerificationDesk::Impl::provide(const Caller& caller, Provision provision) {
    const auto idempotency_key = key_of(caller, provision.idempotency_key);
    if (running->idempotency_keys.contains(idempotency_key.value))
        return true; // said once, done once
    if (running->idempotency_keys.size() >= most_inputs)
        return fail(Reason::too_many_inputs);
    if (auto refused = refusal_of(provision, *running, board.now))
        return std::unexpected(std::move(*refused));
    if (const auto wait = entry_delay(); wait && (provision.access_number || provision.pin))
        return fail(Reason::entry_delayed, "again in " + std::to_string(wait->count()) + " s");
    if (provision.access_number) {
        running->access_number = {std::move(*provision.access_number), idempotency_key, false};
    } else if (provision.pin) {
        auto pin = card::mynumber::Pin::read(*provision.pin);
        if (!pin)
            return std::unexpected(std::move(pin.error()));
        running->pin = {std::move(*pin), idempotency_key};
    } else if (provision.consent) {
        running->consent = std::move(provision.consent);
    } else {
        running->visual_check = std::move(provision.visual_check);
    }
    running->idempotency_keys.insert(idempotency_key.value);
    running->moved = SteadyClock::now();
    if (!use_what_waits())
        show_staff(); // the consent
    return false;
}

kaomon::Result<bool> VerificationDesk::provide(const SessionId& session, const Caller& caller,
                                               Provision provision) {
    if (!impl_->running || impl_->running->id != session || impl_->running->request.caller != caller)
        return fail(Reason::session_unknown);
    return impl_->provide(caller, std::move(provision));
}
kaomon::Result<bool> VerificationDesk::provide_at_desk(const Caller& caller, Provision provision) {
    if (!impl_->running)
        return fail(Reason::session_unknown);
    return impl_->provide(caller, std::move(provision));
}

kaomon::Result<AttachedScreen> VerificationDesk::attach_screen(const Caller& caller, bool no_light,
                                                               ScreenListener listener) {
    return impl_->screen->attach(caller, no_light, std::move(listener));
}
void VerificationDesk::detach_screen(const ScreenId& screen) {
    impl_->screen->detach(screen);
    impl_->end_preview();
}
kaomon::Result<void> VerificationDesk::screen_shown(const ScreenId& screen, const Caller& caller, int step) {
    return impl_->screen->shown(screen, caller, step);
}

kaomon::Result<void> VerificationDesk::cancel(const SessionId& session, const Caller& caller, Reason why) {
    Impl& desk = *impl_;
    if (!desk.running || desk.running->id != session || desk.running->request.caller != caller) {
        return fail(Reason::session_unknown);
    }
    if (desk.running->state == State::idle)
        desk.running->state = State::waiting_card; // cancelled before its first turn
    desk.handle(Event::cancel,
                match::refuse(why == Reason::cancelled ? refused_entry(*desk.running).value_or(why) : why));
    return {};
}

} // namespace kaomon::session
