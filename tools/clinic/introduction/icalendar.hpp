// The plan as iCalendar (RFC 5545): one all-day event for each step's latest day, with reminders.
#pragma once

#include "tools/clinic/introduction/edition.hpp"
#include "tools/clinic/introduction/plan.hpp"

namespace kaomon::introduction {

// Reminders come 14 and 3 days before, at nine in the morning. Steps that are done have none. UIDs depend on
// month, prefecture and step only, so that importing again moves the events instead of doubling them; the
// edition tells which is the newer one. Lines end with CRLF and are at most 75 bytes. Reentrant.
std::string icalendar(const Plan& plan, Language language, const Edition& edition = {});

} // namespace kaomon::introduction
