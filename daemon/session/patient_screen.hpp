// The patient's screen at the desk, if there is one: what it shows, and its light.
#pragma once

#include "daemon/capture/light.hpp"
#include "daemon/session/caller.hpp"
#include "daemon/session/screen_view.hpp"
#include "drivers/base/result.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>

namespace kaomon::session {

struct Request;
struct Update;

// Thread-bound to the event loop.
class PatientScreen : public std::enable_shared_from_this<PatientScreen> {
  public:
    using Random = std::function<std::uint64_t()>;
    using LightSink = std::function<void(const capture::Light&)>;

    // `allowed`: the operator lets screens show light. `sink` hears of every change of light().
    PatientScreen(boost::asio::io_context& loop, bool allowed, Random random, LightSink sink);

    // One screen at a time; one that did not answer its last light gives way. Reason: screen_attached.
    Result<AttachedScreen> attach(const Caller& caller, bool no_light, ScreenListener listener);
    void detach(const ScreenId& id);
    // Is it attached, and that caller's or root asking? Reason: screen_unknown.
    Result<void> owned(const ScreenId& id, const Caller& caller) const;
    // The screen shows that step. Reasons: screen_unknown (also another caller's), parameter_invalid (no such
    // step is waited for).
    Result<void> shown(const ScreenId& id, const Caller& caller, int step);

    // What stands on the screen always.
    void name(std::string clinic) { view_.clinic = std::move(clinic); }
    // What the caller of this visit wants to know, and what for; until the update of State::idle.
    void show(const Request& request);
    // What a patient is told now; reasons that somebody else can act on are left out.
    void show(const Update& update);
    void show_card(bool present, std::optional<Reason> alarm);
    void show_help(bool wanted);

    // Another visit: its light is its own.
    void begin_visit();
    // Without effect where no light is available, or one was shown just now. True: it has begun.
    bool begin_light();
    // No more colours; the one that is shown stands its time, so that nothing flickers.
    void end_light();
    bool lit() const noexcept { return view_.light.has_value(); }
    capture::Light light() const;

  private:
    struct Attached {
        ScreenId id;
        Caller caller;
        bool no_light;
        ScreenListener listener;
        bool silent = false; // did not answer, and has said nothing since
    };
    bool available() const { return allowed_ && attached_ && !attached_->no_light && !missed_; }
    void send_step();
    void wait();
    void due();
    void darken();
    void publish();

    bool allowed_;
    Random random_;
    LightSink sink_;
    boost::asio::steady_timer timer_;
    std::optional<Attached> attached_;
    ScreenView view_, published_;
    std::optional<screen::LightRun> run_; // stays when it was shown to its end
    bool ending_ = false;
    bool missed_ = false; // a step of this visit was not answered
    int steps_ = 0;       // sent since the daemon began
    Instant quiet_until_{};
};

} // namespace kaomon::session
