#include "drivers/card/exchange.hpp"
#include "drivers/card/mynumber/challenge.hpp"
#include "drivers/card/mynumber/file.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "drivers/card/mynumber/rsa.hpp"

namespace kaomon::card::mynumber {

Result<Genuineness> challenge_chip(CardTransaction& card, const PhotoRecord& record) {
    Genuineness result{record.signature, Check::not_checked, record.hierarchy, record.reason};
    if (record.signature == Check::invalid)
        return result; // a key out of a forged record proves nothing

    const auto key = RsaKey::read(record.chip_key);
    const auto challenge = fresh_challenge();
    if (!challenge)
        return std::unexpected(challenge.error());
    // P2 00: the application's own key, no PIN (drivers/card/SPEC.md §2)
    const auto response = exchange(card, {0x80, 0x2A, 0x00, 0x00, challenge->block, 256});
    if (!response)
        return std::unexpected(response.error());
    // A card that has no such key or command is not the one that was signed for; any other word says nothing
    // about the chip.
    const StatusWord status = response->status;
    if (status != sw::ok && !is_not_found(status) && !is_not_understood(status))
        return unexpected_status("COMPUTE DIGITAL SIGNATURE", status);
    const bool signs = key && status == sw::ok && key->verifies(response->data, challenge->block);
    result.chip = signs ? Check::valid : Check::invalid;
    if (!signs && !result.reason)
        result.reason = Reason::chip_not_genuine;
    return result;
}

} // namespace kaomon::card::mynumber
