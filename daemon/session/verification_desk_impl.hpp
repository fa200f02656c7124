// What stands behind the desk: its state, and who of its parts moves it. Private to
// daemon/session/desk_*.cpp.
#pragma once

#include "daemon/session/abandoned.hpp"
#include "daemon/session/board.hpp"
#include "daemon/session/counts.hpp"
#include "daemon/session/transitions.hpp"
#include "daemon/session/verification.hpp"
#include "daemon/session/verification_desk.hpp"
#include "daemon/session/waiting_line.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace kaomon::session {

struct VerificationDesk::Impl : std::enable_shared_from_this<Impl> {
    Impl(boost::asio::io_context& io, Settings with, result::SigningKey signing, audit::Log log_of_audit);

    // The origin of the camera, into the status.
    camera::origin::Report look_at_camera();

    // ---- moves (desk_moves.cpp) ----
    // Moves the verification; `verdict` is given where the event can end it, `because` is told in the new
    // state.
    void handle(Event event, std::optional<match::Verdict> verdict = std::nullopt,
                std::optional<Reason> because = std::nullopt);
    void enter(State state);
    bool wants(Method method) const;
    // What people handed in before it could be used. A visual check ends everything, a PIN the face.
    bool use_what_waits();
    void use_access_number();
    void use_pin();
    bool without_card() const;
    void use_visual_check();
    match::Verdict judged(match::Verdict verdict);
    // What earlier sessions left for the card of this one, by all that it is known by now.
    void inherit();
    // Why none of the open methods can verify any more, if so.
    std::optional<Reason> closed_to_all() const;
    // The face, or the card for it, has come to its end: on to another method where one is open, else to the
    // verdict.
    void end_face(Event event, match::Verdict verdict);
    void end_pin(match::Verdict verdict);
    void note_failed_attempt(match::Verdict verdict, std::vector<Method> left);

    // ---- events of the card and of the face (desk_events.cpp) ----
    void take(const visit::ReaderChanged& event);
    void take(visit::FreeDataRead& event);
    void take(const visit::AccessNumberRefused& event);
    void take(const visit::CardFailed& event);
    void take(visit::RecordRead& event);
    void take(const visit::PinRefused& event);
    void take(const visit::PinAnswered& event);
    void take(const visit::FaceHint& event);
    void take(const visit::FaceWantsLight& event);
    void take(visit::FaceReady& event);
    void take(const visit::FaceFailed& event);
    void take(const visit::ReferenceReady& event);
    void take(const visit::ReferenceFailed& event);
    void face_arrived();
    void take_stuck(std::vector<Reason> threads);
    void end_at_stuck_reader(); // what waits for the card; another method goes on where one is open
    void light_changed(capture::Light now);

    // ---- a card that was lifted by mistake (desk_card_back.cpp) ----
    // Whether the visit waits for it; if not, the caller ends what needed the card.
    bool wait_for_card_back();
    void card_is_back();
    void take(const visit::CardBack& event);

    // ---- whose turn it is (desk_turns.cpp) ----
    // Why `caller` cannot begin now; their place in the line is kept.
    std::optional<Refusal> busy_for(const Caller& caller);
    Refusal wait_for_turn(const Caller& caller);

    // ---- wrong numbers and PINs (desk_wrong_entry.cpp) ----
    void note_wrong(Reason why);                       // where `why` says that a try was spent
    std::optional<std::chrono::seconds> entry_delay(); // of this card's next number or PIN
    void drop_delayed_entry();

    // ---- what the caller hears, and the end (desk_conclusion.cpp) ----
    void hint(Reason now);
    Update update();
    void notify();
    void conclude(match::Verdict verdict);
    // What the next session with this card is to know, on disk before anybody hears the verdict. Reason:
    // suspicion_unwritable.
    Result<void> remember(const match::Verdict& verdict);
    void forget(Reason why); // of this card: it has cleared itself of it
    // ---- the record (desk_record.cpp) ----
    // Whether what comes next can be recorded; said in the status. Asked before a session begins and before a
    // number or PIN goes to the card.
    bool recordable();
    // The signed claims, once their record is on the disk; empty: it is not, and nothing is given out.
    std::optional<std::string> record(result::Claims claims, const Caller& caller);
    Result<void> record_abandoned();
    Result<void> sign_head();
    // Every minute, and when the desk stops: what was only counted, and the head.
    void tend_record();
    void note_record_fault(const Result<void>& done);
    void show_troubles();

    // ---- whom it names, and who was expected (desk_subject.cpp) ----
    bool is_other_person(const std::optional<card::mynumber::SubjectReference>& subject);
    void end_for_other_person(); // whatever other methods are open: the card is not that person's

    // ---- what is counted (desk_metrics.cpp) ----
    void left(State state); // for another one, or for the end
    void count_fault(Reason why);
    void count_entry(Method secret, std::optional<Reason> refused = std::nullopt); // empty: the card took it
    std::string metrics() const;

    std::expected<SessionId, Refusal> begin(Request request, Listener listener);

    kaomon::Result<bool> provide(const Caller& caller, Provision provision);

    // ---- screen and staff beside the visit (desk_views.cpp) ----
    void show_staff(std::optional<LastVerdict> last = {});
    void call_staff(bool wanted);
    std::uint64_t preview(PreviewListener listener);
    void end_preview();

    void watch_for_card_left();
    void watch_for_card_unseen();
    void watch_deadline();

    boost::asio::io_context& loop;
    Settings settings;
    result::SigningKey key;
    audit::Log audit;
    boost::asio::steady_timer deadline, alarm, unseen, away;
    std::unique_ptr<CardSide> card;
    std::unique_ptr<FaceSide> face;
    std::shared_ptr<PatientScreen> screen; // never empty
    std::optional<Verification> running;
    Board<DeviceStatus> board;
    Board<StaffView> staff;
    PreviewListener preview_listener; // empty: nobody looks
    WaitingLine line;
    Abandoned abandoned;
    std::optional<Failure> record_fault;
    std::vector<Reason> health_troubles, stuck;
    Counts counts;
    const std::int64_t started;
    std::uint64_t visits = 0, told = 0, previews = 0; // told: replies
    bool stopping = false;
};

} // namespace kaomon::session
