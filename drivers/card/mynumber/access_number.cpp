#include "drivers/card/mynumber/access_number.hpp"

#include "drivers/card/mynumber/birthday.hpp"
#include "drivers/card/mynumber/date.hpp"

#include <algorithm>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t number_length = 14;
constexpr std::size_t era_year_length = 2;
constexpr std::size_t security_code_length = 4;

ByteView bytes_of(const SecretText& text) noexcept {
    const auto view = text.view();
    return {reinterpret_cast<const std::uint8_t*>(view.data()), view.size()};
}

bool digits(const SecretText& text, std::size_t length) noexcept {
    const auto view = text.view();
    return view.size() == length && std::ranges::all_of(view, [](char c) { return c >= '0' && c <= '9'; });
}

void append_digits(SecretBytes& out, int number, int width) {
    int scale = 1;
    for (int i = 1; i < width; ++i)
        scale *= 10;
    for (; scale > 0; scale /= 10)
        out.push_back(static_cast<std::uint8_t>('0' + number / scale % 10));
}

std::unexpected<Failure> contradiction(std::string detail) {
    return fail(Reason::access_number_contradicts_card, std::move(detail));
}

Result<SecretBytes> from_parts(const AccessParts& parts, Date expiry, Date today) {
    const ByteView era_year = bytes_of(*parts.era_year);
    const int year = *number_of_digits(era_year);
    const MonthDay birthday{expiry.month(), expiry.day()};
    if (!is_era_birthday(year, birthday,
                         today)) // a Western year, or a card that does not end on the birthday
        return fail(Reason::access_number_incomplete,
                    "no living holder is born on that day of that era year");
    if (may_be_leap_day(year, expiry, today))
        return fail(Reason::access_number_incomplete, "born on 28 or 29 February");
    SecretBytes number(era_year.begin(), era_year.end());
    number.reserve(number_length);
    append_digits(number, static_cast<int>(static_cast<unsigned>(expiry.month())), 2);
    append_digits(number, static_cast<int>(static_cast<unsigned>(expiry.day())), 2);
    append_digits(number, static_cast<int>(expiry.year()), 4);
    const ByteView code = bytes_of(*parts.security_code);
    number.insert(number.end(), code.begin(), code.end());
    return number;
}

Result<SecretBytes> from_whole(const AccessParts& parts, Date expiry, Date today) {
    const ByteView number = bytes_of(*parts.number);
    const int year = *number_of_digits(number.first(2));
    const MonthDay birthday{
        std::chrono::month{static_cast<unsigned>(*number_of_digits(number.subspan(2, 2)))},
        std::chrono::day{static_cast<unsigned>(*number_of_digits(number.subspan(4, 2)))}};
    if (!birthday.ok())
        return contradiction("no such day of the year");
    if (*number_of_digits(number.subspan(6, 4)) != static_cast<int>(expiry.year())) {
        return contradiction("another expiry year than the card's");
    }
    if (!is_era_birthday(year, birthday, today) && !is_western_birthday(year, birthday, today)) {
        return contradiction("no living holder is born on that day");
    }
    // A card that ends on its holder's birthday, or one that may end with a period of stay: see birthday.hpp.
    if (!expires_on_birthday(birthday, expiry) && is_era_year(year) && !parts.compared) {
        return fail(
            Reason::access_number_unchecked,
            "another birthday than the card's expiry tells: mistyped, or a card with a period of stay");
    }
    return SecretBytes(number.begin(), number.end());
}

} // namespace

Result<void> check_shape(const AccessParts& parts) {
    const bool half = parts.era_year.has_value() || parts.security_code.has_value();
    if (parts.number) {
        if (half)
            return fail(Reason::access_number_malformed, "both the number and its parts");
        if (!digits(*parts.number, number_length))
            return fail(Reason::access_number_malformed, "not 14 digits");
        return {};
    }
    if (parts.era_year && !digits(*parts.era_year, era_year_length)) {
        return fail(Reason::access_number_malformed, "era year: not 2 digits");
    }
    if (parts.security_code && !digits(*parts.security_code, security_code_length)) {
        return fail(Reason::access_number_malformed, "security code: not 4 digits");
    }
    if (!parts.era_year)
        return fail(Reason::access_number_missing, half ? "the era year is missing" : "");
    if (!parts.security_code)
        return fail(Reason::access_number_missing, "the security code is missing");
    return {};
}

Result<AccessNumber> assemble(const AccessParts& parts, const FreeData& free_data, Date today) {
    if (const auto shape = check_shape(parts); !shape)
        return std::unexpected(shape.error());
    auto number = parts.number ? from_whole(parts, free_data.card_expiry, today)
                               : from_parts(parts, free_data.card_expiry, today);
    if (!number)
        return std::unexpected(number.error());
    return AccessNumber(std::move(*number), *free_data.generation);
}

} // namespace kaomon::card::mynumber
