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

    ReaderCondition condition() const noexcept;
    DWORD events() const noexcept { return state >> 16; }
};

// With a `name_part`: the readers whose name contains it (case counts) and no other; otherwise all. Of these
// the one that was ours, as long as a card is on it; else the first with a card, with a mute card, at last
// the first. Null where there is none. Reentrant.
const Sighting* choose(std::span<const Sighting> readers, std::string_view name_part,
                       std::string_view ours) noexcept;

} // namespace kaomon::card::pcsc
