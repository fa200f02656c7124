// What the desk tells whoever watches many desks.
#include "daemon/audit/clock.hpp"
#include "daemon/metrics/process.hpp"
#include "daemon/session/verification_desk_impl.hpp"
#include "drivers/base/arena.hpp"

#include <algorithm>

namespace kaomon::session {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& one : words)
        all.append(all.empty() ? "" : " ").append(one);
    return all;
}

double of(bool truth) {
    return truth ? 1 : 0;
}

void write_clock(metrics::Page& page, std::int64_t now) {
    page.gauge("kaomon_clock_seconds", "The device's clock, since 1970, UTC.", static_cast<double>(now));
    if (const auto clock = audit::clock_state(); clock != audit::ClockState::unknown)
        page.gauge("kaomon_clock_synchronised", "1: the clock is set by a time service.",
                   of(clock == audit::ClockState::synchronised));
}

void write_memory(metrics::Page& page) {
    const auto* arena = secret_arena();
    if (arena == nullptr)
        return;
    const auto figures = arena->figures();
    page.gauge("kaomon_secret_memory_bytes", "Locked memory for faces and numbers.",
               static_cast<double>(figures.size));
    page.gauge("kaomon_secret_memory_highest_bytes", "The most of it that was ever taken.",
               static_cast<double>(figures.highest));
    page.counter("kaomon_secret_memory_refused_total", "Requests that did not fit into it.",
                 static_cast<double>(figures.turned_away));
}

} // namespace

void VerificationDesk::Impl::left(State state) {
    const auto now = SteadyClock::now();
    if (state != State::idle)
        counts.stages.add(word(state), std::chrono::duration_cast<Milliseconds>(now - running->entered));
    running->entered = now;
}

void VerificationDesk::Impl::count_fault(Reason why) {
    const Cause cause = describe(why).cause;
    if (cause == Cause::reader || cause == Cause::camera || cause == Cause::device)
        counts.faults.add({std::string(word(why))});
}

void VerificationDesk::Impl::count_entry(Method secret, std::optional<Reason> refused) {
    const char* outcome = "taken";
    if (refused)
        outcome = card::mynumber::is_wrong_secret(*refused) ? "wrong" : "refused";
    counts.entries.add({secret == Method::pin ? "pin" : "access_number", outcome});
}

std::string VerificationDesk::Impl::metrics() const {
    metrics::Page page(metrics::Labels{{"issuer", settings.info.issuer}});
    page.family("kaomon_info", "gauge", "What the device is; its value is 1.");
    page.series("kaomon_info",
                {{"version", KAOMON_VERSION},
                 {"policy", std::string(word(settings.info.policy.name))},
                 {"simulated", joined(settings.info.simulated)}},
                1);
    counts.sessions.write(page);
    counts.refused.write(page);
    counts.whole.write(page);
    counts.stages.write(page);
    counts.entries.write(page);
    counts.faults.write(page);
    page.family("kaomon_trouble", "gauge", "What the next patient would meet: 1 while it is so.");
    auto troubles = board.now.troubles;
    for (const auto& fault : {board.now.reader_fault, board.now.camera_fault, board.now.alarm}) {
        if (fault && std::ranges::find(troubles, *fault) == troubles.end())
            troubles.push_back(*fault);
    }
    for (const Reason why : troubles)
        page.series("kaomon_trouble", {{"reason", std::string(word(why))}}, 1);
    page.gauge("kaomon_session_running", "1: somebody is being verified.", of(running.has_value()));
    page.gauge("kaomon_card_present", "1: a card lies on the reader.", of(board.now.card_present));
    const auto frames = face ? face->frames() : camera::FrameCount{};
    page.counter("kaomon_camera_frames_total", "Frames of the camera that were looked at.",
                 static_cast<double>(frames.looked_at));
    page.counter("kaomon_camera_frames_passed_over_total",
                 "Frames that were lost, or came while one was looked at.",
                 static_cast<double>(frames.passed_over));
    if (settings.trust_end)
        page.gauge("kaomon_trust_certificate_end_seconds",
                   "When the first authority's certificate of the trust store ends, since 1970, UTC.",
                   static_cast<double>(*settings.trust_end));
    write_clock(page, settings.now());
    write_memory(page);
    page.gauge("process_start_time_seconds", "Start of the daemon, since 1970, UTC.",
               static_cast<double>(started));
    metrics::write_process(page);
    return page.text();
}

std::string VerificationDesk::metrics() const {
    return impl_->metrics();
}

} // namespace kaomon::session
