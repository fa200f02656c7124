// The synthetic person a simulated card is issued to, and the numbers that follow from birth date and expiry.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace kaomon::card::simulated {

enum class Sex : std::uint8_t { male = 1, female = 2, not_applicable = 9 };

// Nobody: every value is made up. Defaults are those of a holder file without a line in it.
struct Holder {
    std::string name = "見本\u3000花子"; // family name, U+3000, given name
    std::string address = "東京都千代田区霞が関一丁目一番地";
    Date birth_date{std::chrono::year(1985), std::chrono::month(5), std::chrono::day(5)};
    Sex sex = Sex::female;
    Date card_expiry{};                      // 0000-00-00: the ninth birthday from the day of issue on
    std::string security_code;               // 4 digits; empty: from the seed
    std::string sign_in_pin = "1234";        // 利用者証明用暗証番号, 4 digits
    std::string text_pin = "4321";           // 券面入力補助用暗証番号, 4 digits
    std::string sign_password = "KAOMON123"; // 署名用暗証番号, 6..16 of A-Z 0-9
    std::string municipality = "13101";      // 全国地方公共団体コード, 5 digits
    bool western_birth_year = false; // as it is printed for foreign residents: last two digits of the year
};

// A TOML file with the keys above (see kaomon-simcard issue --help). Reason: config_invalid, detail
// "FILE:LINE: KEY: what is allowed".
Result<Holder> load_holder(const std::filesystem::path& file);
Result<Holder> parse_holder(std::string_view toml, std::string_view name);

// Fills in what was left open. `seed` gives the security code.
void complete(Holder& holder, Date today, std::uint64_t seed);

std::string digits_of(Date date); // YYYYMMDD
// The year of the Japanese era, two digits (令和, 平成, 昭和, 大正).
std::string era_year_of(Date date);
// 生年月日: era year (or the Western one, as printed), month, day; six digits.
std::string birth_code(const Holder& holder);
// 照合番号B: birth code, expiry year, security code; 14 digits.
std::string access_number(const Holder& holder);
// 照合番号A. The check digit is wrong on purpose, so that it is nobody's my number.
inline constexpr std::string_view impossible_my_number = "123456789010";

} // namespace kaomon::card::simulated
