#include "drivers/card/pcsc/call.hpp"

#include <array>
#include <cstdio>
#include <string>

namespace kaomon::card::pcsc {

bool is_service_lost(LONG code) noexcept {
    switch (code) {
    case SCARD_E_NO_SERVICE:
    case SCARD_E_SERVICE_STOPPED:
    case SCARD_E_INVALID_HANDLE: // pcscd was restarted and does not know our context
    case SCARD_F_COMM_ERROR:     // the socket to pcscd broke
    case SCARD_F_INTERNAL_ERROR:
    case SCARD_E_SERVER_TOO_BUSY:
    case SCARD_E_NO_ACCESS: // pcscd's policy does not let us in
    case SCARD_W_SECURITY_VIOLATION:
    case SCARD_P_SHUTDOWN:
    case SCARD_E_SYSTEM_CANCELLED:
        return true;
    default:
        return false;
    }
}

Reason reason_of(LONG code) noexcept {
    if (is_service_lost(code))
        return Reason::reader_service_down;
    switch (code) {
    case SCARD_E_UNKNOWN_READER:
    case SCARD_E_READER_UNAVAILABLE:
    case SCARD_E_READER_UNSUPPORTED:
    case SCARD_E_NO_READERS_AVAILABLE:
        return Reason::no_reader;
    case SCARD_E_SHARING_VIOLATION:
        return Reason::reader_busy;
    case SCARD_E_NO_SMARTCARD:
        return Reason::no_card;
    case SCARD_W_UNRESPONSIVE_CARD:
    case SCARD_W_UNPOWERED_CARD:
    case SCARD_W_UNSUPPORTED_CARD:
    case SCARD_E_PROTO_MISMATCH:
    case SCARD_E_NOT_READY:
        return Reason::card_mute;
    case SCARD_W_REMOVED_CARD:
    case SCARD_W_RESET_CARD:     // nobody but us may reset an exclusively held card: it was away
    case SCARD_E_NOT_TRANSACTED: // what a driver says when the card leaves in the middle of an APDU
    case SCARD_E_COMM_DATA_LOST:
        return Reason::card_removed;
    case SCARD_E_NO_MEMORY:
        return Reason::internal_error;
    default:
        return Reason::card_error;
    }
}

Result<void> check(LONG code, const char* call) {
    if (code == SCARD_S_SUCCESS)
        return {};
    std::array<char, 16> number{};
    std::snprintf(number.data(), number.size(), " (%08lX)", static_cast<unsigned long>(code) & 0xFFFFFFFFUL);
    return fail(reason_of(code), std::string(call) + ": " + pcsc_stringify_error(code) + number.data());
}

} // namespace kaomon::card::pcsc
