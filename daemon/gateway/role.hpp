// What a peer may call.
#pragma once

#include "proto/words.hpp"

#include <cstdint>

namespace kaomon::gateway {

// patient: the patient's screen on this computer. staff: the staff's page, here or on the LAN. system: a
// reception system on the LAN.
enum class Role : std::uint8_t { patient, staff, system };
consteval auto words_of(Role) {
    return in_words("patient", "staff", "system");
}

// `method`: qualified. What is not in the table is refused, so a method that is added to an interface of
// ours passes only where the whole interface does. org.kaomon.Device.SpeakFor is the gateway's own and passes
// for nobody; org.kaomon.Screen.Preview only on this computer (`loopback`). Reentrant.
bool may_call(Role role, bool loopback, std::string_view method) noexcept;

} // namespace kaomon::gateway
