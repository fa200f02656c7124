#include "drivers/card/simulated/holder.hpp"

#include <array>
#include <cstdio>
#include <random>

namespace kaomon::card::simulated {
namespace {

using std::chrono::year;

struct Era {
    Date first;
    int before; // the year before the first one
};
constexpr std::array eras{
    Era{Date{year(2019), std::chrono::May, std::chrono::day(1)}, 2018},       // 令和
    Era{Date{year(1989), std::chrono::January, std::chrono::day(8)}, 1988},   // 平成
    Era{Date{year(1926), std::chrono::December, std::chrono::day(25)}, 1925}, // 昭和
    Era{Date{year(1912), std::chrono::July, std::chrono::day(30)}, 1911},     // 大正
};

std::string padded(int number, int width) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%0*d", width, number);
    return text.data();
}
std::string month_and_day(Date date) {
    return padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) +
           padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

} // namespace

void complete(Holder& holder, Date today, std::uint64_t seed) {
    if (holder.security_code.empty()) {
        std::mt19937_64 random(seed);
        holder.security_code = padded(static_cast<int>(random() % 10000), 4);
    }
    if (holder.card_expiry == Date{}) {
        const auto& birth = holder.birth_date;
        Date birthday{today.year(), birth.month(), birth.day()};
        if (birthday <= today)
            birthday += std::chrono::years(1);
        holder.card_expiry = birthday + std::chrono::years(8);
        if (!holder.card_expiry.ok())
            holder.card_expiry = Date{holder.card_expiry.year(), std::chrono::February, std::chrono::day(28)};
    }
}

std::string digits_of(Date date) {
    return padded(static_cast<int>(date.year()), 4) + month_and_day(date);
}

std::string era_year_of(Date date) {
    for (const Era& era : eras) {
        if (date >= era.first)
            return padded(static_cast<int>(date.year()) - era.before, 2);
    }
    return "00";
}

std::string birth_code(const Holder& holder) {
    const std::string year = holder.western_birth_year
                                 ? padded(static_cast<int>(holder.birth_date.year()) % 100, 2)
                                 : era_year_of(holder.birth_date);
    return year + month_and_day(holder.birth_date);
}

std::string access_number(const Holder& holder) {
    return birth_code(holder) + padded(static_cast<int>(holder.card_expiry.year()), 4) + holder.security_code;
}

} // namespace kaomon::card::simulated
