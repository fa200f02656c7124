// What one reader shows, and which of several readers is ours.
#pragma once

#include "drivers/card/reader.hpp"

#include <winscard.h>

#include <span>
#include <string>
#include <string_view>

namespace kaomon::card::pcsc {

struct Sighting {
    std::string reader;
    DWORD state =
        SCARD_STATE_UNAWARE; // dwEventState: flags, and in the upper half pcscd's count of comings and goings
    // The how manieth card it was that came last to this reader while we watched, whether or not it is still
    // there; 0: none did.
    std::uint64_t arrived = 0;
    bool contactless = false; // known by the answer to reset of a card that is or was on it

    ReaderCondition condition() const noexcept;
    bool has_card() const noexcept;
    DWORD events() const noexcept { return state >> 16; }
};

// Which reader is the desk's, of those whose name fits `pattern`: the one on which a card was put last, also
// when that card has gone; one that was left behind elsewhere is no patient's. Where none was put down yet,
// among cards that lay there from the beginning: one that answers before a mute one, a contactless one before
// a contact one, ours before another, then pcscd's order. Such a card with contacts (a SAM, somebody's staff
// card) does not keep the desk from an empty contactless slot. Without a card: a contactless slot, ours, the
// first. What a name says of a slot ("Contactless", "PICC", "CL") decides only where no card has shown it.
// Null where there is none. Reentrant.
const Sighting* choose(std::span<const Sighting> readers, std::string_view pattern,
                       std::string_view ours) noexcept;

} // namespace kaomon::card::pcsc
