// What the desk counts from its start on.
#pragma once

#include "daemon/metrics/counted.hpp"

namespace kaomon::session {

// Labels hold words of ours; no id, no number, no score.
struct Counts {
    metrics::Counter sessions{
        "kaomon_sessions_total", "Sessions that ended.", {"decision", "reason", "method"}};
    metrics::Counter refused{
        "kaomon_sessions_refused_total", "Calls of Verify that began no session.", {"reason"}};
    metrics::Counter entries{"kaomon_card_entries_total",
                             "Numbers (access_number) and PINs that people keyed in: taken by the card, "
                             "wrong (a try is gone), or refused without a try.",
                             {"secret", "outcome"}};
    metrics::Counter faults{
        "kaomon_device_faults_total", "Faults of reader and camera, each when it was met.", {"reason"}};
    metrics::Durations whole{"kaomon_session_seconds", "From Verify to the signed result.", "decision"};
    metrics::Durations stages{"kaomon_stage_seconds", "Time in each state, people's part included.", "state"};
};

} // namespace kaomon::session
