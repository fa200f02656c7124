// What outlives a look at a certificate: certificate.json in the clinic's folder. No name, only what tells
// one certificate from another and when it ends.
#pragma once

#include "tools/clinic/certificate/certificate.hpp"

#include <span>

namespace kaomon::certificate {

struct RecordEntry {
    std::string sha256; // fingerprint, hexadecimal
    Date not_after{};
    bool client = false;
    bool other = false; // written for something else (an issuer's, a server's, mail ...); both false: unsaid
    friend bool operator==(const RecordEntry&, const RecordEntry&) = default;
};

struct Record {
    Date on{}; // when it was looked at
    std::vector<RecordEntry> entries;
    friend bool operator==(const Record&, const Record&) = default;
};

inline constexpr const char* record_file = "certificate.json";

std::string print(const Record& record);
// At most most_certificates entries and 64 KiB. Word: record_invalid. Reentrant.
Outcome<Record> parse_record(std::string_view json);

} // namespace kaomon::certificate
