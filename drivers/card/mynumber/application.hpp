// The applications of a My Number Card, told apart by their identifiers (AID), never by the answer to reset.
#pragma once

#include "drivers/card/exchange.hpp"

#include <array>
#include <string_view>

namespace kaomon::card::mynumber {

enum class Application : std::uint8_t {
    common,     // 共通カードAP: serial, municipality, expiry of the card
    face_check, // 券面事項確認AP: what is printed on the card, with the photograph
    jpki,       // 公的個人認証AP: certificates and keys of the holder
};

struct ApplicationEntry {
    Application application;
    std::array<std::uint8_t, 10> aid;
    std::string_view name; // for details and logs
};

// THE table of identifiers (card.md 1.1).
inline constexpr std::array<ApplicationEntry, 3> applications{{
    {Application::common, {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00}, "common application"},
    {Application::face_check,
     {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02},
     "face-check application"},
    {Application::jpki, {0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}, "JPKI application"},
}};

// Makes an application current. True: the card has it. False: it answered with any other status word.
// Reasons: the transport's.
Result<bool> select_application(CardTransaction& card, Application application);

} // namespace kaomon::card::mynumber
