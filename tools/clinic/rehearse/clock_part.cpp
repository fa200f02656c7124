#include "tools/clinic/rehearse/parts.hpp"

#include <sys/timex.h>

namespace kaomon::rehearse {
namespace {

// Whether something keeps this clock: the kernel is told so by chrony, ntpd, systemd-timesyncd.
bool is_kept() {
    timex state{};
    const int answer = adjtimex(&state);
    return answer != -1 && answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

} // namespace

Part look_at_clock(Date today, Date known, std::span<const Finding> asked) {
    Part part{"clock", {"時計", "clock"}, {}};
    const bool past = today >= known;
    part.findings.push_back(
        {"day",
         {"今日の日付", "today's date"},
         past ? Standing::good : Standing::failed,
         {day_text(known).ja + "以降", "not before " + day_text(known).en},
         day_text(today),
         past ? Text{}
              : Text{"このパソコンの日付が過去になっています。日付と時刻を合わせてください。",
                     "this computer's date lies in the past: set date and time"}});
    const bool kept = is_kept();
    part.findings.push_back({"kept",
                             {"時刻の自動調整", "kept by a time service"},
                             kept ? Standing::good : Standing::attention,
                             {"動いている", "running"},
                             kept ? Text{"動いています", "running"} : Text{"動いていません", "not running"},
                             kept ? Text{}
                                  : Text{"時刻の自動調整（chrony など）を動かしてください。",
                                         "start a time service, e.g. chrony"}});
    part.findings.insert(part.findings.end(), asked.begin(), asked.end());
    return part;
}

} // namespace kaomon::rehearse
