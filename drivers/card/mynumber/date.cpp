#include "drivers/card/mynumber/date.hpp"

namespace kaomon::card::mynumber {

std::optional<int> number_of_digits(ByteView digits) noexcept {
    if (digits.empty() || digits.size() > 9)
        return std::nullopt;
    int number = 0;
    for (const std::uint8_t digit : digits) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
        number = number * 10 + (digit - '0');
    }
    return number;
}

std::optional<Date> read_date(ByteView digits) noexcept {
    if (digits.size() != 8)
        return std::nullopt;
    const auto year = number_of_digits(digits.first(4));
    const auto month = number_of_digits(digits.subspan(4, 2));
    const auto day = number_of_digits(digits.subspan(6, 2));
    if (!year || !month || !day)
        return std::nullopt;
    const Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                    std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok())
        return std::nullopt;
    return date;
}

} // namespace kaomon::card::mynumber
