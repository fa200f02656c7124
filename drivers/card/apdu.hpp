// Command and response APDUs, ISO/IEC 7816-3 section 12 (short and extended length).
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/card/status_word.hpp"

#include <cstdint>

namespace kaomon::card {

struct Command {
    std::uint8_t cla = 0, ins = 0, p1 = 0, p2 = 0;
    SecretBytes data;     // Nc = its size, 0..65535
    std::uint32_t ne = 0; // bytes expected at most, 0 = none, up to 65536

    // Short where Nc <= 255 and Ne <= 256, extended otherwise.
    SecretBytes encode() const;
    // Reads the bytes of either form. Reason: card_data_malformed.
    static Result<Command> decode(ByteView bytes);
};

struct Response {
    SecretBytes data;
    StatusWord status;

    // Splits an answer. Reason: card_error (fewer than two bytes).
    static Result<Response> decode(SecretBytes bytes);
};

} // namespace kaomon::card
