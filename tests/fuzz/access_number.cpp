// What a person keyed in, held against a card: only 14 digits with the card's expiry year come out.
#include "drivers/card/mynumber/access_number.hpp"

#include <cstdlib>
#include <string_view>

using namespace kaomon;
using namespace kaomon::card::mynumber;
using namespace std::chrono_literals;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3)
        return 0;
    const std::string_view text(reinterpret_cast<const char*>(data + 3), size - 3);
    AccessParts parts;
    if ((data[0] & 1) != 0)
        parts.number = SecretText(text);
    if ((data[0] & 2) != 0)
        parts.era_year = SecretText(text.substr(0, 2));
    if ((data[0] & 4) != 0)
        parts.security_code = SecretText(text.substr(std::min<std::size_t>(text.size(), 2)));
    FreeData free_data;
    free_data.card_expiry =
        Date{std::chrono::sys_days{2026y / 1 / 1} + std::chrono::days{data[1] * 16 + data[2] % 16}};
    const auto number = assemble(parts, free_data, 2026y / 11 / 23);
    if (!number)
        return 0;
    if (!check_shape(parts) || number->digits().size() != 14)
        std::abort();
    int year = 0;
    for (std::size_t i = 6; i < 10; ++i)
        year = year * 10 + (number->digits()[i] - '0');
    if (year != static_cast<int>(free_data.card_expiry.year()))
        std::abort();
    return 0;
}
