#include "drivers/card/mynumber/application.hpp"

namespace kaomon::card::mynumber {

Result<bool> select_application(CardTransaction& card, ByteView aid) {
    // P1 04: by name; P2 0C: no answer data
    const auto response = exchange(card, {0x00, 0xA4, 0x04, 0x0C, SecretBytes(aid.begin(), aid.end()), 0});
    if (!response)
        return std::unexpected(response.error());
    return response->status == sw::ok;
}

} // namespace kaomon::card::mynumber
