// What stands in a line of the record.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kaomon::audit {

// One verification. No patient's name, number, image, score or nonce: none of these has a place here.
struct Record {
    std::int64_t time = 0; // seconds since 1970, UTC
    std::string session;
    std::string caller; // user id of the process that asked
    std::string decision, method, reason;
    std::string signature, chip; // genuineness
    std::string policy;
    std::string result_sha256;           // of the JWS handed out
    std::string simulated;               // comma separated, empty when everything is real
    std::string staff{}, staff_reason{}; // of a visual check: the member of staff's id, and why it was needed
    std::string earlier{};               // "face:no_match,pin:pin_wrong": methods that failed before
    std::string suspicion{};             // inherited from earlier sessions with this card, comma separated
    std::string audience{}, purpose{};   // whom the result is for, and what for, in the caller's word
    std::string attributes{};            // names of those that were given out, never a value; comma separated
    std::string consent{};               // "patient", "staff:ID": who answered whether they may be
};

// Anything else: a start, sessions that were given up, a signed head. Of no patient either.
struct Event {
    std::int64_t time = 0;
    std::string name;
    std::vector<std::pair<std::string, std::string>> members{};
};

// JSON members without braces and without the time, `,"session":"…"` and so on. Whatever a text holds, it
// stays one line of plain ASCII. Reentrant.
std::string members_of(const Record& record);
std::string members_of(const Event& event);

} // namespace kaomon::audit
