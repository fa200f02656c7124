// A desk without card and camera: it notes what it is asked, and tells what the test says.
#pragma once

#include "daemon/session/board.hpp"
#include "daemon/session/desk.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace kaomon::testing {

// Thread-bound to the loop.
class ScriptedDesk : public session::Desk {
  public:
    // Called in a later turn of the loop after begin(), with the session's id: the rest of the visit.
    using Script = std::function<void(ScriptedDesk&, const session::SessionId&)>;

    explicit ScriptedDesk(boost::asio::io_context& io);

    const session::DeviceInfo& info() const noexcept override { return device; }
    session::DeviceStatus status() const override { return now; }
    std::string metrics() const override { return counted; }
    std::uint64_t watch(Watcher watcher) override;
    void unwatch(std::uint64_t token) noexcept override { watchers.erase(token); }
    camera::origin::Report camera() override { return cameras; }
    kaomon::Result<camera::origin::Identity> accept_camera(const session::Caller& operating,
                                                           std::string_view id) override;
    std::expected<session::SessionId, session::Refusal> begin(session::Request wanted,
                                                              Listener listener) override;
    kaomon::Result<bool> provide(const session::SessionId& id, const session::Caller& caller,
                                 session::Provision provision) override;
    kaomon::Result<bool> provide_at_desk(const session::Caller& caller,
                                         session::Provision provision) override;
    kaomon::Result<void> cancel(const session::SessionId& id, const session::Caller& caller,
                                Reason why) override;

    kaomon::Result<session::AttachedScreen> attach_screen(const session::Caller& caller, bool no_light,
                                                          session::ScreenListener listener) override;
    void detach_screen(const session::ScreenId& screen) override;
    kaomon::Result<void> screen_shown(const session::ScreenId& screen, const session::Caller& caller,
                                      int step) override;
    kaomon::Result<void> owns_screen(const session::ScreenId& screen,
                                     const session::Caller& caller) const override;
    void call_staff(bool wanted) override;
    std::uint64_t preview(session::PreviewListener listener) override {
        previewing = std::move(listener);
        return ++previews;
    }
    void end_preview(std::uint64_t token) override {
        if (token == previews)
            previewing = nullptr;
    }
    session::StaffView staff_view() const override { return staff.now; }
    std::uint64_t follow(Follower follower) override { return staff.watch(std::move(follower)); }
    void unfollow(std::uint64_t token) noexcept override { staff.unwatch(token); }

    // From within the loop.
    void notify(session::Update update); // fills in the session
    void conclude(match::Decision decision, Reason reason);
    void change(session::DeviceStatus status);

    session::DeviceInfo device;
    session::DeviceStatus now;
    std::string counted = "# TYPE kaomon_sessions_total counter\nkaomon_sessions_total 0\n";
    camera::origin::Report cameras;
    std::vector<session::Caller> operating; // who accepted a camera
    Script script;
    std::optional<session::Refusal> refusal; // of the next begin()
    std::optional<Failure> provide_failure;
    // The signed result, if there is one.
    std::function<std::optional<std::string>(const ScriptedDesk&, const session::SessionId&, match::Verdict)>
        sign;

    session::Request request; // the last one
    std::vector<std::string>
        provided; // "number", "era_year/security_code", "pin 1234", "hanako.s face_failed yes"
    std::vector<std::string> idempotency_keys; // of the session that runs, those that were repeated once
    std::vector<std::pair<session::Caller, Reason>> cancelled;
    std::map<std::uint64_t, Watcher> watchers;
    int begun = 0;
    session::ScreenListener screen; // of the one that is attached as "screen-1"
    session::Caller screen_caller;
    session::PreviewListener previewing;
    std::uint64_t previews = 0;
    session::Board<session::StaffView> staff;
    bool screen_without_light = false;
    std::vector<int> steps_shown;

  private:
    boost::asio::io_context& loop_;
    std::optional<session::SessionId> running_;
    session::Caller owner_;
    Listener listener_;
    std::uint64_t tokens_ = 0;
};

// The visit of a patient who is verified: no card, card, number, face. Waits for Provide if no access was
// given; for a PIN or a visual check, if the face was not asked for. 1234 is the right PIN.
void happy_visit(ScriptedDesk& desk, const session::SessionId& id);

} // namespace kaomon::testing
