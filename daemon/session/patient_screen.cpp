#include "daemon/session/patient_screen.hpp"

#include "daemon/session/desk.hpp"
#include "daemon/session/session_id.hpp"
#include "drivers/base/log.hpp"

#include <utility>

namespace kaomon::session {

PatientScreen::PatientScreen(boost::asio::io_context& loop, bool allowed, Random random, LightSink sink)
    : allowed_(allowed), random_(std::move(random)), sink_(std::move(sink)), timer_(loop) {}

Result<AttachedScreen> PatientScreen::attach(const Caller& caller, bool no_light, ScreenListener listener) {
    if (attached_ && !attached_->silent)
        return fail(Reason::screen_attached);
    if (attached_) {
        const auto before = std::exchange(attached_, std::nullopt);
        auto last = view_;
        last.replaced = true;
        before->listener(last);
    }
    attached_ = Attached{make_session_id(), caller, no_light, std::move(listener)};
    log(LogLevel::info, no_light ? "screen: attached, without light" : "screen: attached");
    sink_(light());
    published_ = view_;
    return AttachedScreen{attached_->id, view_};
}

void PatientScreen::detach(const ScreenId& id) {
    if (!attached_ || attached_->id != id)
        return;
    attached_.reset();
    log(LogLevel::info, "screen: gone");
    end_light();
    darken();
}

Result<void> PatientScreen::owned(const ScreenId& id, const Caller& caller) const {
    if (!attached_ || attached_->id != id || (caller != attached_->caller && !caller.is_root()))
        return fail(Reason::screen_unknown);
    return {};
}

Result<void> PatientScreen::shown(const ScreenId& id, const Caller& caller, int step) {
    if (auto own = owned(id, caller); !own)
        return own;
    attached_->silent = false;
    if (!lit() || !run_->shown(step, SteadyClock::now()))
        return fail(Reason::parameter_invalid);
    wait();
    sink_(light());
    return {};
}

void PatientScreen::show(const Request& request) {
    view_.attributes = request.attributes;
    view_.requester = request.audience;
    view_.purpose = request.purpose;
}

void PatientScreen::show(const Update& update) {
    if (update.state == State::idle)
        show(Request{});
    const bool for_patient = update.hint && describe(*update.hint).who_can_act == WhoCanAct::patient;
    view_.state = update.state;
    view_.hint = for_patient ? update.hint : std::nullopt;
    view_.tries_left = update.tries_left;
    view_.pin_tries_left = update.pin_tries_left;
    view_.methods = update.methods;
    view_.decision = update.verdict ? std::optional(update.verdict->decision) : std::nullopt;
    publish();
}

void PatientScreen::show_card(bool present, std::optional<Reason> alarm) {
    view_.card_present = present;
    view_.alarm = alarm;
    publish();
}

void PatientScreen::show_help(bool wanted) {
    view_.help = wanted;
    publish();
}

void PatientScreen::begin_visit() {
    end_light();
    if (!lit())
        run_.reset();
    missed_ = false;
}

bool PatientScreen::begin_light() {
    if (!available() || lit() || SteadyClock::now() < quiet_until_)
        return false;
    run_.emplace(screen::drawn_light(random_()), steps_ + 1);
    ending_ = false;
    send_step();
    return true;
}

void PatientScreen::end_light() {
    if (!lit() || ending_)
        return;
    ending_ = true;
    sink_(light());
}

// Colours that came to no end tell nothing.
capture::Light PatientScreen::light() const {
    capture::Light now{.available = available(), .shown = {}};
    if (run_ && (run_->complete() || !ending_)) {
        for (const auto& [since, colour] : run_->so_far())
            now.shown.push_back({since, {colour.red, colour.green, colour.blue}});
    }
    return now;
}

void PatientScreen::send_step() {
    view_.light = run_->send(SteadyClock::now());
    steps_ = view_.light->number;
    wait();
    publish();
}

void PatientScreen::wait() {
    timer_.expires_at(run_->due());
    timer_.async_wait([self = weak_from_this(), step = steps_,
                       answered = run_->answered()](const boost::system::error_code& error) {
        const auto screen = self.lock();
        if (!error && screen && screen->lit() && screen->steps_ == step &&
            screen->run_->answered() == answered)
            screen->due();
    });
}

void PatientScreen::due() {
    if (!run_->answered()) {
        log(LogLevel::warning, "screen: a colour was not shown within 400 ms; no light in this visit");
        missed_ = attached_->silent = true;
        ending_ = true;
        darken();
    } else if (run_->complete() || ending_) {
        darken();
    } else {
        send_step();
    }
}

void PatientScreen::darken() {
    timer_.cancel();
    view_.light.reset();
    quiet_until_ = SteadyClock::now() + screen::stands;
    sink_(light());
    publish();
}

void PatientScreen::publish() {
    if (!attached_ || view_ == published_)
        return;
    published_ = view_;
    const auto listener = attached_->listener; // it may be detached from within
    listener(view_);
}

} // namespace kaomon::session
