#include "drivers/card/mynumber/warning.hpp"

namespace kaomon::card::mynumber {
namespace {

using std::chrono::sys_days;

// J-LIS takes renewals from 3 months before the last day on (drivers/card/SPEC.md §15).
constexpr std::chrono::months renewal{3};

// The same day three months on; the month's last one where it has no such day.
Date in_three_months(Date day) {
    const Date then = day + renewal;
    return then.ok() ? then : Date{then.year() / then.month() / std::chrono::last};
}

} // namespace

std::vector<Warning> warnings_of(const FreeData& data, Date today) {
    if (data.sign_in_certificate_unread)
        return {{*data.sign_in_certificate_unread, {}}};
    if (data.sign_in_certificate.empty())
        return {{Reason::sign_in_certificate_missing, {}}};
    const auto end = data.sign_in_certificate_end;
    if (!end)
        return {{Reason::card_data_malformed, {}}};
    if (sys_days{*end} < sys_days{today})
        return {{Reason::sign_in_certificate_expired, end}};
    if (sys_days{*end} <= sys_days{in_three_months(today)})
        return {{Reason::sign_in_certificate_ends_soon, end}};
    return {};
}

} // namespace kaomon::card::mynumber
