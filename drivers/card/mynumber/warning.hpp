// What should be said to the holder of a card that can be used all the same.
#pragma once

#include "drivers/card/mynumber/free_data.hpp"
#include "proto/reason.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kaomon::card::mynumber {

struct Warning {
    Reason reason;
    std::optional<Date> day; // the certificate's last, where it is known
    friend bool operator==(const Warning&, const Warning&) = default;
};

// "2027-04-01"
inline std::string iso_day(Date day) {
    const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(static_cast<int>(day.year())) + "-" + two(static_cast<unsigned>(day.month())) +
           "-" + two(static_cast<unsigned>(day.day()));
}

// Of the sign-in certificate: sign_in_certificate_missing, sign_in_certificate_expired,
// sign_in_certificate_ends_soon (within 3 months of `today`: the day from which it can be renewed),
// card_data_malformed (it is no certificate), card_error (the card did not give it). Reentrant.
std::vector<Warning> warnings_of(const FreeData& data, Date today);

} // namespace kaomon::card::mynumber
