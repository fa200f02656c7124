// The states of a session, in the words of proto/*.varlink.
#pragma once

#include "proto/words.hpp"

#include <cstdint>

namespace kaomon::session {

enum class State : std::uint8_t {
    idle,                  // nobody is being verified
    waiting_card,          // no card yet
    reading_card,          // free data
    waiting_access_number, // verification number B is missing, or was refused without a try
    reading_photo,         // VERIFY, photo record, genuineness
    preparing_reference,   // the photograph becomes the reference
    capturing_face,        // reference ready, the camera has not seen enough
    waiting_method,        // the face is no way (any more): a PIN or a visual check is waited for
    checking_pin,          // VERIFY of the PIN, the card signs
    concluded,
};
consteval auto words_of(State) {
    return in_words("idle", "waiting_card", "reading_card", "waiting_access_number", "reading_photo",
                    "preparing_reference", "capturing_face", "waiting_method", "checking_pin", "concluded");
}

} // namespace kaomon::session
