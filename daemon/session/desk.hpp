// The desk: one verification at a time, from the caller's request to the signed result.
#pragma once

#include "daemon/match/verdict.hpp"
#include "daemon/session/caller.hpp"
#include "daemon/session/screen_view.hpp"
#include "daemon/session/staff_view.hpp"
#include "drivers/base/clock.hpp"
#include "drivers/base/result.hpp"
#include "drivers/camera/origin/record.hpp"
#include "drivers/card/mynumber/access_number.hpp"
#include "drivers/card/mynumber/warning.hpp"
#include "proto/attribute.hpp"
#include "proto/method.hpp"
#include "proto/subject.hpp"
#include "proto/visual_check.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kaomon::session {

using SessionId = std::string; // unguessable

// Whom the caller expects. A card of another person ends the session as not_verified (other_person_expected).
struct Expectation {
    std::optional<Date> birth_date;
    std::string reference; // 22 characters of base64url; empty: none
    SubjectKind kind = SubjectKind::chip_key;
};

// Whether the caller may know the attributes that it wants.
struct Consent {
    bool given = false;
    std::string staff; // id of the member of staff who answers for a patient who cannot; empty: the patient
};

struct Request {
    std::string nonce;
    std::vector<Method> methods; // that the caller accepts; empty: face
    std::optional<card::mynumber::AccessParts> access_number;
    std::string idempotency_key; // of the person who keyed in `access_number`; empty: the nonce stands for it
    std::optional<Expectation> expect{};
    std::vector<Attribute> attributes{}; // that the caller wants to know
    std::optional<Purpose> purpose{};
    std::string audience{};   // whom the result is for: the caller's name in the configuration; empty: none
    Milliseconds deadline{0}; // 0: the configured one
    Caller caller{};
};

// A member of staff compared the person with the photograph printed on the card.
struct VisualCheck {
    std::string staff; // who: an id of the clinic's own, 1..64 printable ASCII characters without space
    VisualCheckReason reason = VisualCheckReason::other;
    bool confirmed = true; // it is the person
};

// What a person handed in, in one explicit act: exactly one of the four.
struct Provision {
    std::string idempotency_key; // never used again by this caller
    std::optional<card::mynumber::AccessParts> access_number;
    std::optional<SecretText> pin;
    std::optional<VisualCheck> visual_check;
    std::optional<Consent> consent{};
};

// One step of a session, as its caller sees it.
struct Update {
    SessionId session{};
    State state = State::idle;
    std::optional<Reason> hint{};                    // what a person can do now
    std::optional<std::uint8_t> tries_left{};        // of verification number B, once known
    std::optional<std::uint8_t> pin_tries_left{};    // of the PIN, once known
    std::vector<Method> methods{};                   // that can still verify, with state waiting_method
    std::optional<Milliseconds> retry_after{};       // with face_throttled: when the face is open again; with
                                                     // entry_delayed: when a number or PIN is taken again
    std::vector<card::mynumber::Warning> warnings{}; // of the card, once known
    std::optional<match::Verdict> verdict{};         // with state concluded only
    std::optional<std::string> result{};             // the JWS, with state concluded only
};

// What stands at the desk, session or not.
struct DeviceStatus {
    State state = State::idle;
    std::string reader; // PC/SC name
    std::optional<Reason>
        reader_fault; // service down, no reader, stuck, mute card; empty when a card can be read
    bool card_present = false;
    std::optional<Reason> alarm;        // card_left
    std::string camera;                 // id
    std::optional<Reason> camera_fault; // of the last session that needed it
    std::vector<Reason> troubles;       // that the next patient would meet; known without one
    friend bool operator==(const DeviceStatus&, const DeviceStatus&) = default;
};

// Why begin() did not begin.
struct Refusal {
    Reason reason = Reason::busy;
    Milliseconds retry_after{0}; // with busy
    std::string detail;
    std::size_t place = 0; // with busy: in the line of those who wait, 1 is next
};

// What never changes while the daemon runs: for GetInfo and GetKeys.
struct DeviceInfo {
    std::string issuer;
    std::string jwk_set;
    std::vector<Method> methods;         // that the desk offers
    std::vector<Attribute> attributes{}; // that may stand in a result
    match::Policy policy{};
    std::optional<match::Provenance> population;             // of the scores, where they are normalised
    std::vector<std::pair<std::string, std::string>> models; // name, sha256
    std::vector<std::string> simulated;
    std::vector<std::string> warnings; // e.g. no population file, empty trust store
};

// The check of the camera's origin: what only an operator does. Takes up to two seconds, on the loop's
// thread.
struct CameraCheck {
    std::function<camera::origin::Report()> look;
    std::function<kaomon::Result<camera::origin::Identity>(std::string_view id)> accept;
};

// Interface for the socket. All calls and all callbacks on the event loop's thread.
class Desk {
  public:
    using Listener = std::function<void(const Update&)>;
    using Watcher = std::function<void(const DeviceStatus&)>;

    Desk() = default;
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
    virtual ~Desk() = default;

    virtual const DeviceInfo& info() const noexcept = 0;
    virtual DeviceStatus status() const = 0;
    // What was counted since the daemon began, as Prometheus reads it. Nothing of a person, no score.
    virtual std::string metrics() const { return {}; }
    // The accepted camera and the one that is there now; nothing of a simulated one.
    virtual camera::origin::Report camera() { return {}; }
    // The camera that is there now is the accepted one from here on, if its id is still that one. Reasons:
    // camera_changed, camera_virtual, camera_record_unusable, and why there is none to accept.
    virtual kaomon::Result<camera::origin::Identity> accept_camera(const Caller&, std::string_view) {
        return fail(Reason::no_camera, "the camera is simulated");
    }
    // `watcher` is called on every change until the returned token is passed to unwatch().
    virtual std::uint64_t watch(Watcher watcher) = 0;
    virtual void unwatch(std::uint64_t token) noexcept = 0;

    // Starts a session. `listener` hears every step, from within later turns of the loop, never from within
    // begin(); last comes exactly one Update with state concluded. An access number given here is one
    // explicit idempotency_key; if it is refused the session ends. Refusals: busy, method_unavailable,
    // parameter_invalid, access_number_malformed, attributes_not_allowed.
    virtual std::expected<SessionId, Refusal> begin(Request request, Listener listener) = 0;
    // A number, a PIN, a visual check or a consent from another connection of the same user: one more
    // explicit idempotency_key. If the card refuses it the session goes on and the listener hears the hint.
    // True: this session has had an act of that name before, and nothing was done again. Reasons:
    // session_unknown (also another user's session), too_many_inputs, method_unavailable, parameter_invalid
    // (not exactly one of the four, a consent to nothing), access_number_missing, access_number_malformed,
    // pin_missing, pin_malformed; and why that method cannot verify with this card:
    // sign_in_certificate_missing, sign_in_certificate_expired, suspicion_remains, suspicion_unreadable,
    // face_throttled, a veto of the card.
    virtual kaomon::Result<bool> provide(const SessionId& session, const Caller& caller,
                                         Provision provision) = 0;
    // The same from screen or staff, for whichever visit runs. Reasons: as provide().
    virtual kaomon::Result<bool> provide_at_desk(const Caller& caller, Provision provision) = 0;
    // The patient's screen: it follows the session, and can begin and end none. `listener` hears every change
    // from within later turns of the loop, until detach_screen() or a view that says `replaced`. Reason:
    // screen_attached (another one is there).
    virtual kaomon::Result<AttachedScreen> attach_screen(const Caller& caller, bool no_light,
                                                         ScreenListener listener) = 0;
    virtual void detach_screen(const ScreenId& screen) = 0;
    // The screen shows that step of its light. Reasons: screen_unknown (also another user's),
    // parameter_invalid (no such step is waited for).
    virtual kaomon::Result<void> screen_shown(const ScreenId& screen, const Caller& caller, int step) = 0;
    // Whether that screen is attached, and by that caller or for root. Reason: screen_unknown.
    virtual kaomon::Result<void> owns_screen(const ScreenId& screen, const Caller& caller) const = 0;
    // The patient calls the staff, or no longer; also what staff says who has come.
    virtual void call_staff(bool wanted) = 0;
    // What the camera sees while it looks, until end_preview() with the returned token, another one's
    // preview() or the end of the screen. A frame without a picture: nobody is looked at any more.
    virtual std::uint64_t preview(PreviewListener listener) = 0;
    virtual void end_preview(std::uint64_t token) = 0;
    // What staff beside the desk is shown; `follower` hears every change until unfollow().
    using Follower = std::function<void(const StaffView&)>;
    virtual StaffView staff_view() const = 0;
    virtual std::uint64_t follow(Follower follower) = 0;
    virtual void unfollow(std::uint64_t token) noexcept = 0;
    // Ends a session as undecided with `why` (cancelled, caller_gone). Reason: session_unknown.
    virtual kaomon::Result<void> cancel(const SessionId& session, const Caller& caller, Reason why) = 0;
};

} // namespace kaomon::session
