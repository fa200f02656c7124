#include "daemon/session/verification_desk.hpp"

#include "daemon/session/admission.hpp"
#include "daemon/session/report.hpp"
#include "daemon/session/session_id.hpp"
#include "daemon/session/status_board.hpp"
#include "daemon/session/suspicion.hpp"
#include "daemon/session/transitions.hpp"
#include "daemon/session/ways.hpp"
#include "drivers/base/log.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>

namespace kaomon::session {
namespace {

Milliseconds since(Instant start) {
    return std::chrono::duration_cast<Milliseconds>(SteadyClock::now() - start);
}

// The sentence for a person while a state lasts; the camera's own hints replace looking's.
std::optional<Reason> hint_of(State state) {
    switch (state) {
    case State::waiting_card:
        return Reason::no_card;
    case State::waiting_access:
        return Reason::access_number_missing;
    case State::looking:
        return Reason::hold_still;
    case State::waiting_way:
        return Reason::way_missing;
    default:
        return std::nullopt;
    }
}

// Users of the device name their acts without knowing of each other.
card::mynumber::ActId act_of(uid_t caller, std::string_view name) {
    return card::mynumber::act_named(std::to_string(caller), name);
}

} // namespace

struct VerificationDesk::Impl : std::enable_shared_from_this<Impl> {
    Impl(boost::asio::io_context& io, Settings with, result::SigningKey signing, audit::Log log_of_audit)
        : loop(io), settings(std::move(with)), key(std::move(signing)), audit(std::move(log_of_audit)),
          deadline(io), alarm(io) {
        board.now.camera = settings.camera;
        settings.info.jwk_set = key.jwk_set();
    }

    // ---- the table ----

    // Moves the verification; `verdict` is given where the event can end it, `because` is told in the new
    // state.
    void handle(Event event, std::optional<match::Verdict> verdict = std::nullopt,
                std::optional<Reason> because = std::nullopt) {
        if (!running)
            return;
        const State before = running->state;
        const auto after = next(before, event);
        if (!after || *after == before)
            return;
        running->state = *after;
        log(LogLevel::info, std::string("session ") + running->id.substr(0, 8) + ": " +
                                std::string(word(*after)) + " after " +
                                std::to_string(since(running->begun).count()) + " ms");
        if (*after == State::concluded)
            return conclude(verdict.value_or(match::refuse(Reason::internal_error)));
        running->hint = because ? because : hint_of(*after);
        enter(*after);
        if (running && running->state == *after)
            tell();
    }

    void enter(State state) {
        if (state == State::reading_card) {
            if (wants(way_face))
                face->begin(running->visit); // the camera warms up while the card is read
            return;
        }
        if (use_what_waits())
            return;
        if (state == State::looking && running->face)
            face_arrived();
    }

    bool wants(std::string_view way) const {
        return std::ranges::find(running->open_ways, way) != running->open_ways.end();
    }

    // What people handed in before it could be used. An eye check ends everything, a PIN the face's way.
    bool use_what_waits() {
        const State state = running->state;
        if (running->eye_check && next(state, Event::staff_decided) == State::concluded) {
            use_eye_check();
        } else if (running->pin && next(state, Event::pin_given) == State::checking_pin) {
            use_pin();
        } else if (running->access && state == State::waiting_access) {
            use_access();
        } else {
            return false;
        }
        return true;
    }

    void use_access() {
        auto given = std::move(*running->access);
        running->access.reset();
        running->access_is_final = given.final;
        card->access(std::move(given.parts), given.act);
        handle(Event::access_given);
    }

    void use_pin() {
        auto given = std::move(*running->pin);
        running->pin.reset();
        running->way = way_pin;
        std::erase(running->open_ways, way_face);
        face->end();
        card->pin(std::move(given.pin), given.act);
        handle(Event::pin_given);
    }

    void use_eye_check() {
        running->way = way_staff;
        handle(Event::staff_decided,
               judged(running->eye_check->confirmed
                          ? match::Verdict{match::Decision::verified, Reason::staff_confirmed}
                          : match::refuse(Reason::staff_denied)));
    }

    // ---- verdicts ----

    match::Verdict judged(match::Verdict verdict) {
        running->inherited = suspicions.inherited(running->mark, SteadyClock::now());
        return under_suspicion(verdict, running->way, running->genuineness, running->inherited);
    }

    // The face, or the card for it, has come to its end: on to another way where one is open, else to the
    // verdict.
    void end_face(Event event, match::Verdict verdict) {
        if (!running || next(running->state, event) != State::concluded)
            return handle(event, verdict);
        auto left = ways_after_face(running->open_ways, verdict.reason);
        if (left.empty() || verdict.decision == match::Decision::verified)
            return handle(event, verdict);
        gone_in_vain(verdict, std::move(left));
        face->end();
        handle(Event::way_over, {}, verdict.reason);
    }

    void end_pin(match::Verdict verdict) {
        auto left = ways_after_pin(running->open_ways, verdict.reason);
        if (left.empty())
            return handle(Event::card_failed, verdict);
        gone_in_vain(verdict, std::move(left));
        handle(Event::pin_refused, {}, verdict.reason);
    }

    void gone_in_vain(match::Verdict verdict, std::vector<std::string> left) {
        constexpr std::size_t most = 16; // a session of wrong PINs ends at the floor long before
        if (running->earlier.size() < most)
            running->earlier.push_back({running->way, verdict.reason});
        if (verdict.decision == match::Decision::not_verified)
            running->against = verdict.reason;
        running->open_ways = std::move(left);
    }

    // ---- events of the card ----

    void take(const ReaderChanged& event) {
        using enum card::ReaderCondition;
        const auto condition = event.state.condition;
        board.now.reader = event.state.reader;
        board.now.card_present = condition == card_present;
        board.now.reader_fault = condition == card_present || condition == no_card
                                     ? std::nullopt
                                     : std::optional(card::reason_of(condition));
        if (!board.now.card_present) {
            board.now.alarm.reset();
            alarm.cancel();
        }
        board.publish();
        switch (condition) {
        case card_present:
            return handle(Event::card_present);
        case no_card:
            return end_face(Event::card_absent, match::refuse(Reason::card_removed));
        case mute_card:
            end_face(Event::card_absent, match::refuse(Reason::card_mute));
            return hint(Reason::card_mute);
        case no_reader:
        case service_down:
            return end_face(Event::reader_failed, match::refuse(card::reason_of(condition)));
        }
    }

    void take(FreeDataRead& event) {
        if (!running || running->state != State::reading_card)
            return;
        running->tries_left = event.tries_left;
        running->hierarchy = event.hierarchy;
        running->mark = event.mark;
        running->warnings = std::move(event.warnings);
        if (wants(way_face))
            return handle(Event::free_data_read);
        handle(Event::way_over); // the caller did not ask for the face
    }

    void take(const AccessRefused& event) {
        if (!running)
            return;
        running->tries_left = event.tries_left;
        if (running->access_is_final)
            return end_face(Event::card_failed, match::refuse(event.why.reason));
        handle(Event::access_refused);
        hint(event.why.reason);
    }

    void take(const CardFailed& event) {
        if (running && running->state != State::checking_pin) // there PinRefused tells
            end_face(Event::card_failed, match::refuse(event.why.reason));
    }

    void take(RecordRead& event) {
        if (!running)
            return;
        running->genuineness = event.genuineness;
        if (event.genuineness.reason)
            return end_face(Event::record_rejected, match::refuse(*event.genuineness.reason));
        if (running->state != State::reading_photo)
            return;
        face->reference(std::move(event.photo));
        handle(Event::record_read);
    }

    void take(const PinRefused& event) {
        if (!running || running->state != State::checking_pin)
            return;
        if (event.tries_left)
            running->pin_tries_left = event.tries_left;
        end_pin(match::refuse(event.why.reason));
    }

    void take(const PinAnswered& event) {
        if (!running || running->state != State::checking_pin)
            return;
        running->genuineness = event.genuineness;
        if (event.genuineness.reason)
            return handle(Event::record_rejected, match::refuse(*event.genuineness.reason));
        const auto verdict = judged({match::Decision::verified, Reason::pin_accepted});
        if (verdict.decision != match::Decision::verified)
            return end_pin(verdict);
        handle(Event::pin_verified, verdict);
    }

    // ---- events of the face ----

    void take(const FaceHint& event) {
        if (!running)
            return;
        running->face_hint = event.hint;
        if (running->state == State::looking)
            hint(event.hint);
    }

    void take(FaceReady& event) {
        if (!running)
            return;
        running->liveness = event.liveness;
        running->face = std::move(event);
        board.now.camera_fault.reset();
        if (running->state == State::looking)
            face_arrived();
    }

    void take(const FaceFailed& event) {
        if (!running)
            return;
        running->liveness = event.liveness;
        board.now.camera_fault = event.why.reason;
        end_face(Event::face_failed, match::refuse(event.why.reason));
    }

    void take(const ReferenceReady& event) {
        if (!running)
            return;
        running->reference = event.reference;
        handle(Event::reference_ready);
        if (running && running->state == State::looking && running->face_hint)
            hint(*running->face_hint);
    }

    void take(const ReferenceFailed& event) {
        end_face(Event::reference_failed, match::refuse(event.why.reason));
    }

    void face_arrived() {
        match::Findings findings{running->genuineness.reason, running->liveness, settings.required_liveness,
                                 match::compare(running->face->probe, *running->reference), settings.policy};
        end_face(Event::face_ready, judged(match::decide(findings)));
    }

    // ---- what the caller hears ----

    void hint(Reason now) {
        if (!running || running->state == State::concluded || running->hint == now)
            return;
        running->hint = now;
        tell();
    }

    Update update() const {
        Update now;
        now.session = running->id;
        now.state = running->state;
        now.hint = running->hint;
        now.tries_left = running->tries_left;
        now.pin_tries_left = running->pin_tries_left;
        now.warnings = running->warnings;
        if (running->state == State::waiting_way)
            now.ways = running->open_ways;
        return now;
    }

    void tell() {
        board.now.state = running->state;
        board.publish();
        if (!running || !running->listener)
            return;
        const auto listener = running->listener; // it may cancel from within, which ends `running`
        listener(update());
    }

    // ---- the end ----

    void conclude(match::Verdict verdict) {
        deadline.cancel();
        card->end();
        face->end();
        running->hint.reset();
        if (verdict.decision == match::Decision::undecided && running->against) {
            verdict =
                match::refuse(*running->against); // no silence takes back what was found against the person
            running->way = way_face;
        }
        remember(verdict);
        Update last = update();
        last.verdict = verdict;
        const auto claims = claims_of(*running, verdict, settings.policy, settings.info,
                                      settings.simulated_camera, settings.now(), settings.validity);
        std::string jws = key.sign(claims);
        if (const auto kept = audit.append(record_of(claims, running->request.caller, jws)); kept) {
            last.result = std::move(jws);
        } else { // what is not on record is not given out
            log(LogLevel::error, "audit: " + kept.error().detail);
            last.verdict = match::refuse(Reason::audit_unwritable);
        }
        log(LogLevel::info, "session " + running->id.substr(0, 8) + ": " +
                                std::string(match::word(last.verdict->decision)) + ", " +
                                std::string(word(last.verdict->reason)) + ", " +
                                std::to_string(since(running->begun).count()) + " ms");
        const auto listener = std::move(running->listener);
        running.reset();
        board.now.state = State::idle;
        if (board.now.card_present)
            watch_for_card_left();
        board.publish();
        if (listener)
            listener(last);
    }

    // What the next session with this card is to know.
    void remember(const match::Verdict& verdict) {
        const auto now = SteadyClock::now();
        running->inherited = suspicions.inherited(running->mark, now);
        if (match::is_veto(verdict.reason)) {
            suspicions.add(running->mark, verdict.reason, now + settings.suspicion_lasts);
        } else if (verdict.decision == match::Decision::verified && running->mark) {
            for (const Reason why :
                 running->inherited) // it would not be verified if it had not cleared itself
                suspicions.clear(*running->mark, why);
        }
    }

    static std::string_view word(State state) { return session::word(state); }
    static std::string_view word(Reason reason) { return kaomon::word(reason); }

    void watch_for_card_left() {
        alarm.expires_after(settings.card_left_after);
        alarm.async_wait([self = weak_from_this()](const boost::system::error_code& error) {
            const auto desk = self.lock();
            if (error || !desk || desk->running || !desk->board.now.card_present)
                return;
            desk->board.now.alarm = Reason::card_left;
            desk->board.publish();
        });
    }

    void watch_deadline() {
        deadline.expires_at(running->deadline);
        deadline.async_wait(
            [self = weak_from_this(), visit = running->visit](const boost::system::error_code& error) {
                const auto desk = self.lock();
                if (error || !desk || !desk->running || desk->running->visit != visit)
                    return;
                // what a person could have done says more than that time is up
                desk->handle(Event::deadline, match::refuse(desk->reason_at_deadline()));
            });
    }

    Reason reason_at_deadline() const {
        const auto hint_now = running->hint;
        if (!hint_now || *hint_now == Reason::hold_still)
            return Reason::timeout;
        return *hint_now;
    }

    boost::asio::io_context& loop;
    Settings settings;
    result::SigningKey key;
    audit::Log audit;
    boost::asio::steady_timer deadline, alarm;
    std::unique_ptr<CardSide> card;
    std::unique_ptr<FaceSide> face;
    std::optional<Verification> running;
    StatusBoard board;
    Suspicions suspicions;
    std::uint64_t visits = 0;
    bool stopping = false;
};

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

void VerificationDesk::on_card(std::uint64_t visit, CardEvent event) {
    boost::asio::post(impl_->loop, [self = std::weak_ptr(impl_), visit, event = std::move(event)]() mutable {
        const auto desk = self.lock();
        if (!desk)
            return;
        const bool of_reader = std::holds_alternative<ReaderChanged>(event);
        if (!of_reader && (!desk->running || desk->running->visit != visit))
            return; // of a visit that is over
        std::visit([&](auto& one) { desk->take(one); }, event);
    });
}

void VerificationDesk::on_face(std::uint64_t visit, FaceEvent event) {
    boost::asio::post(impl_->loop, [self = std::weak_ptr(impl_), visit, event = std::move(event)]() mutable {
        const auto desk = self.lock();
        if (!desk || !desk->running || desk->running->visit != visit)
            return;
        std::visit([&](auto& one) { desk->take(one); }, event);
    });
}

void VerificationDesk::stop() {
    impl_->stopping = true;
    impl_->handle(Event::cancel, match::refuse(Reason::shutting_down));
    impl_->card.reset();
    impl_->face.reset();
}

const DeviceInfo& VerificationDesk::info() const noexcept {
    return impl_->settings.info;
}
DeviceStatus VerificationDesk::status() const {
    return impl_->board.now;
}

std::uint64_t VerificationDesk::watch(Watcher watcher) {
    return impl_->board.watch(std::move(watcher));
}
void VerificationDesk::unwatch(std::uint64_t token) noexcept {
    impl_->board.unwatch(token);
}

std::expected<SessionId, Refusal> VerificationDesk::begin(Request request, Listener listener) {
    Impl& desk = *impl_;
    if (desk.stopping)
        return std::unexpected(Refusal{Reason::shutting_down, Milliseconds{0}, {}});
    if (desk.running) {
        const auto left =
            std::chrono::duration_cast<Milliseconds>(desk.running->deadline - SteadyClock::now());
        return std::unexpected(
            Refusal{Reason::busy, std::clamp(left, Milliseconds{100}, Milliseconds{2000}), {}});
    }
    if (request.ways.empty())
        request.ways.emplace_back(way_face);
    if (request.deadline == Milliseconds{0})
        request.deadline = desk.settings.deadline;
    if (auto refusal =
            refusal_of(request, desk.settings.info.ways, desk.settings.deadline, desk.settings.now()))
        return std::unexpected(std::move(*refusal));

    Verification verification;
    verification.id = make_session_id();
    verification.visit = ++desk.visits;
    verification.begun = SteadyClock::now();
    verification.deadline = verification.begun + request.deadline;
    verification.way = request.ways.front();
    verification.open_ways = request.ways;
    if (request.access) {
        const auto act = act_of(request.caller, request.act.empty() ? request.nonce : request.act);
        verification.acts.insert(act.value);
        verification.access = {std::move(*request.access), act, true};
        request.access.reset();
    }
    verification.request = std::move(request);
    verification.listener = std::move(listener);
    desk.running = std::move(verification);
    desk.alarm.cancel();
    desk.board.now.alarm.reset();
    desk.watch_deadline();
    boost::asio::post(desk.loop, [self = std::weak_ptr(impl_), visit = desk.running->visit] {
        const auto later = self.lock();
        if (!later || !later->running || later->running->visit != visit)
            return;
        later->handle(Event::begin);
        later->card->begin(
            visit); // tells the reader's state first: a card that lies there already is met at once
    });
    return desk.running->id;
}

kaomon::Result<bool> VerificationDesk::provide(const SessionId& session, uid_t caller, Provision provision) {
    Impl& desk = *impl_;
    if (!desk.running || desk.running->id != session || desk.running->request.caller != caller) {
        return fail(Reason::session_unknown);
    }
    Verification& running = *desk.running;
    const auto act = act_of(caller, provision.act);
    if (running.acts.contains(act.value))
        return true; // said once, done once
    if (auto refused = refusal_of(provision, running))
        return std::unexpected(std::move(*refused));
    if (provision.access) {
        running.access = {std::move(*provision.access), act, false};
    } else if (provision.pin) {
        auto pin = card::mynumber::Pin::read(*provision.pin);
        if (!pin)
            return std::unexpected(std::move(pin.error()));
        running.pin = {std::move(*pin), act};
    } else {
        running.eye_check = std::move(provision.eye_check);
    }
    running.acts.insert(act.value);
    desk.use_what_waits();
    return false;
}

kaomon::Result<void> VerificationDesk::cancel(const SessionId& session, uid_t caller, Reason why) {
    Impl& desk = *impl_;
    if (!desk.running || desk.running->id != session || desk.running->request.caller != caller) {
        return fail(Reason::session_unknown);
    }
    if (desk.running->state == State::idle)
        desk.running->state = State::waiting_card; // cancelled before its first turn
    desk.handle(Event::cancel, match::refuse(why));
    return {};
}

} // namespace kaomon::session
