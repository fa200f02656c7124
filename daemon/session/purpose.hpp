// What the caller uses the result for: shown to the patient, signed, on record.
#pragma once

#include <string>

namespace kaomon::session {

struct Purpose {
    std::string word;     // 1..32 printable ASCII characters without space
    std::string sentence; // plain UTF-8, up to 240 bytes; empty: none
    friend bool operator==(const Purpose&, const Purpose&) = default;
};

} // namespace kaomon::session
