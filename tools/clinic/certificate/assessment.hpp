// How a certificate stands on a day.
#pragma once

#include "proto/words.hpp"
#include "tools/clinic/certificate/certificate.hpp"

namespace kaomon::certificate {

inline constexpr int warning_days = 90;   // the issue's; renewal takes weeks by registered post
inline constexpr int download_days = 180; // from issue until it must be downloaded (one secondary source)
inline constexpr int life_years = 3;      // of a device certificate (the same source)

enum class State : unsigned char { good, ends_soon, expired, not_yet };
consteval auto words_of(State) {
    return in_words("good", "ends_soon", "expired", "not_yet");
}

struct Assessment {
    State state = State::good;
    int days_left = 0;                  // negative: over since so many days
    std::vector<Text> sentences;        // what it means and what to do, most important first
    std::optional<Date> download_until; // where the day of issue is known
    bool needs_action = false;
};

// `issued`: the day the certificate was issued for download, if it is known. Reentrant.
Assessment assess(const Certificate& certificate, Date today, std::optional<Date> issued);

} // namespace kaomon::certificate
