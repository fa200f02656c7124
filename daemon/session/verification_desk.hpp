// The desk itself: moves one verification through the table, joins card and face, gives out one verdict.
#pragma once

#include "daemon/audit/log.hpp"
#include "daemon/result/jws.hpp"
#include "daemon/session/card_side.hpp"
#include "daemon/session/desk.hpp"
#include "daemon/session/face_side.hpp"
#include "daemon/session/patient_screen.hpp"
#include "daemon/session/suspicion.hpp"
#include "daemon/visit/decision.hpp"
#include "drivers/base/random.hpp"

#include <memory>

namespace boost::asio {
class io_context;
}

namespace kaomon::session {

class VerificationDesk : public Desk {
  public:
    struct Settings {
        Milliseconds deadline{60'000}; // longest and default
        Milliseconds card_left_after{
            5'000}; // a card still on the reader so long after a verdict raises the alarm
        Milliseconds card_unseen_after{8'000}; // so long without a card: say what may hide one
        Milliseconds card_back_within{3'000}; // lifted while it is needed: so long it may come back and go on
        visit::DecisionRule rule{};
        Suspicions suspicions{std::chrono::seconds{600}};
        int validity = 300; // seconds a result may be used
        bool simulated_camera = false;
        std::string camera;                         // id
        CameraCheck camera_check{};                 // empty: a simulated camera
        bool light = true;                          // screens may show their colours
        std::string clinic{};                       // its name, for the patient screen
        PatientScreen::Random random = random_bits; // of the colours' order
        std::optional<std::int64_t>
            trust_end{}; // of the first authority's certificate, seconds since 1970, UTC
        DeviceInfo info;
        std::function<std::int64_t()> now; // seconds since 1970, UTC
    };

    VerificationDesk(boost::asio::io_context& loop, Settings settings, result::SigningKey key,
                     audit::Log audit);
    ~VerificationDesk() override;

    // The two sides, which report to on_card() and on_face(). Once, before the loop runs.
    void attach(std::unique_ptr<CardSide> card, std::unique_ptr<FaceSide> face);
    // From any thread: the event is handled on the loop's.
    void on_card(std::uint64_t visit, visit::CardEvent event);
    void on_face(std::uint64_t visit, visit::FaceEvent event);
    // From any thread: what the self check found, of everything it looks at.
    void on_health(std::vector<Reason> troubles);
    // From any thread: which of the sides' threads do not come round.
    void on_stuck(std::vector<Reason> threads);
    // Ends what runs with `shutting_down`, and the sides' threads.
    void stop();

    const DeviceInfo& info() const noexcept override;
    DeviceStatus status() const override;
    std::string metrics() const override;
    camera::origin::Report camera() override;
    kaomon::Result<camera::origin::Identity> accept_camera(const Caller& operating,
                                                           std::string_view id) override;
    std::uint64_t watch(Watcher watcher) override;
    void unwatch(std::uint64_t token) noexcept override;
    std::expected<SessionId, Refusal> begin(Request request, Listener listener) override;
    kaomon::Result<bool> provide(const SessionId& session, const Caller& caller,
                                 Provision provision) override;
    kaomon::Result<bool> provide_at_desk(const Caller& caller, Provision provision) override;
    kaomon::Result<AttachedScreen> attach_screen(const Caller& caller, bool no_light,
                                                 ScreenListener listener) override;
    void detach_screen(const ScreenId& screen) override;
    kaomon::Result<void> screen_shown(const ScreenId& screen, const Caller& caller, int step) override;
    kaomon::Result<void> owns_screen(const ScreenId& screen, const Caller& caller) const override;
    void call_staff(bool wanted) override;
    std::uint64_t preview(PreviewListener listener) override;
    void end_preview(std::uint64_t token) override;
    StaffView staff_view() const override;
    std::uint64_t follow(Follower follower) override;
    void unfollow(std::uint64_t token) noexcept override;
    kaomon::Result<void> cancel(const SessionId& session, const Caller& caller, Reason why) override;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_; // shared with what is still queued in the loop
};

} // namespace kaomon::session
