#include "drivers/card/exchange.hpp"
#include "drivers/card/mynumber/challenge.hpp"
#include "drivers/card/mynumber/photo_record.hpp"

namespace kaomon::card::mynumber {
namespace {

Check chip_signs(ByteView chip_key, const Response& response, ByteView asked) {
    const auto key = RsaKey::read(chip_key);
    const bool signs = response.status == sw::ok && key && key->verifies(response.data, asked);
    return signs ? Check::valid : Check::invalid;
}

} // namespace

Result<Genuineness> challenge_chip(CardTransaction& card, const PhotoRecord& record) {
    Genuineness result{record.signature, Check::not_checked, record.hierarchy, record.reason};
    if (record.signature == Check::invalid)
        return result; // a key out of a forged record proves nothing

    const auto challenge = fresh_challenge();
    if (!challenge)
        return std::unexpected(challenge.error());
    // P2 00: the application's own key, no PIN (card.md 1.2)
    const auto response = exchange(card, {0x80, 0x2A, 0x00, 0x00, challenge->digest_info, 256});
    if (!response)
        return std::unexpected(response.error());
    result.chip = chip_signs(record.chip_key, *response, challenge->digest_info);
    if (result.chip == Check::invalid && !result.reason)
        result.reason = Reason::chip_not_genuine;
    return result;
}

} // namespace kaomon::card::mynumber
