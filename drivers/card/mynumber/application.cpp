#include "drivers/card/mynumber/application.hpp"

#include "drivers/card/mynumber/file.hpp"

namespace kaomon::card::mynumber {

Result<bool> select_application(CardTransaction& card, ByteView aid) {
    // P1 04: by name; P2 0C: no answer data
    const auto response = exchange(card, {0x00, 0xA4, 0x04, 0x0C, SecretBytes(aid.begin(), aid.end()), 0});
    if (!response)
        return std::unexpected(response.error());
    const StatusWord status = response->status;
    if (status == sw::ok)
        return true;
    // A card that knows no SELECT by name has no applications.
    if (is_not_found(status) || is_not_understood(status))
        return false;
    return unexpected_status("SELECT of an application", status);
}

} // namespace kaomon::card::mynumber
