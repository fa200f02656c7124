// The one table of what is known of readers beyond what they say themselves. The driver goes by it, and
// `kaomon-clinic choose` shows it. A row needs a source; what is only likely gets none.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace kaomon::card::pcsc {

struct UsbId {
    std::uint16_t vendor = 0, product = 0;
    friend bool operator==(const UsbId&, const UsbId&) = default;
};

// What the author of Linux's CCID driver says of it (support_list).
enum class Support : std::uint8_t { should_work, unsupported, no_driver, not_stated };
// What stands beside the contactless slot; each slot is a reader of its own to PC/SC.
enum class OtherSlots : std::uint8_t { none, sam, contact, contact_only };
// The marks of drivers/card/SPEC.md §0: V (its text was read), S (one secondary source), T (tried by us).
enum class Certainty : std::uint8_t { verified, stated, tried };

struct Quirk {
    std::string_view model;
    std::array<UsbId, 3> usb{};      // 0:0 is none
    std::string_view pcsc_name = {}; // a pattern (reader_name.hpp), where no USB id is known; else empty
    Support support = Support::not_stated;
    OtherSlots other_slots = OtherSlots::none;
    std::string_view contactless_slot = {}; // what the name of its contactless slot holds and the other's not
    // Bytes of the longest READ BINARY that it carries, whatever it announces or somebody configured; 0: no
    // limit is known.
    std::size_t largest_block = 0;
    bool is_virtual = false; // no device stands behind it
    Certainty certainty = Certainty::verified;
    std::string_view source;
};

struct PublishedList {
    std::string_view where;
    std::chrono::year_month_day seen;
};
// Where Quirk::support stands.
inline constexpr PublishedList support_list{
    "https://ccid.apdu.fr/ccid/section.html",
    {std::chrono::year(2026), std::chrono::November, std::chrono::day(22)}};

std::span<const Quirk> quirks() noexcept;

// The row of a reader: by its USB id, where that is known and stands in one; else by its PC/SC name. Null:
// nothing is known of it. Reentrant.
const Quirk* find_quirk(std::string_view pcsc_name, const std::optional<UsbId>& usb) noexcept;

} // namespace kaomon::card::pcsc
