// What the desk writes into its record, and that nothing is begun which could not be written.
#include "daemon/session/report.hpp"
#include "daemon/session/verification_desk_impl.hpp"
#include "drivers/base/log.hpp"

#include <algorithm>

namespace kaomon::session {

bool VerificationDesk::Impl::recordable() {
    const auto ready = audit.ready();
    note_record_fault(ready);
    return ready.has_value();
}

void VerificationDesk::Impl::note_record_fault(const Result<void>& done) {
    if (!done && (!record_fault || record_fault->detail != done.error().detail))
        log(LogLevel::error, "audit: " + done.error().detail);
    record_fault = done ? std::nullopt : std::optional(done.error());
    show_troubles();
}

void VerificationDesk::Impl::show_troubles() {
    auto all = health_troubles;
    const auto add = [&all](Reason reason) {
        if (std::ranges::find(all, reason) == all.end())
            all.push_back(reason);
    };
    std::ranges::for_each(stuck, add);
    if (record_fault)
        add(Reason::audit_unwritable);
    if (const auto found = audit.trouble())
        add(*found);
    board.now.troubles = std::move(all);
}

Result<void> VerificationDesk::Impl::record_abandoned() {
    if (abandoned.empty())
        return {};
    auto kept = audit.append(abandoned.event(settings.now()));
    if (kept)
        abandoned.clear();
    return kept;
}

std::optional<std::string> VerificationDesk::Impl::record(result::Claims claims, const Caller& caller) {
    auto kept = record_abandoned();
    std::string jws;
    if (kept) {
        auto place = audit.next();
        claims.audit = {static_cast<std::int64_t>(place.sequence), std::move(place.previous)};
        jws = key.sign(claims);
        kept = audit.append(record_of(claims, caller, jws));
    }
    note_record_fault(kept);
    return kept ? std::optional(std::move(jws)) : std::nullopt;
}

void VerificationDesk::Impl::tend_record() {
    if (!recordable())
        return;
    auto done = record_abandoned();
    if (done)
        done = sign_head();
    note_record_fault(done);
}

Result<void> VerificationDesk::Impl::sign_head() {
    const auto head = audit.sign_head();
    if (!head)
        return std::unexpected(head.error());
    if (*head) // the journal may leave this machine, and then whoever rewrites the record is found
        log(LogLevel::info, "audit: signed head " + **head);
    return {};
}

} // namespace kaomon::session
