// ISO/IEC 7816-4 status words, and those that My Number Cards use beside it (drivers/card/SPEC.md §3).
#pragma once

#include <cstdint>
#include <optional>

namespace kaomon::card {

struct StatusWord {
    std::uint16_t value = 0;
    friend bool operator==(StatusWord, StatusWord) = default;

    constexpr std::uint8_t high() const noexcept { return static_cast<std::uint8_t>(value >> 8); }
    constexpr std::uint8_t low() const noexcept { return static_cast<std::uint8_t>(value); }
};

namespace sw {
inline constexpr StatusWord ok{0x9000};
inline constexpr StatusWord end_of_file{0x6282};      // fewer bytes than asked for
inline constexpr StatusWord wrong_no_counter{0x6300}; // VERIFY failed, tries not told
inline constexpr StatusWord wrong_length{0x6700};
inline constexpr StatusWord wrong_file_structure{0x6981};
inline constexpr StatusWord security_not_met{0x6982};
inline constexpr StatusWord locked{0x6983};           // ISO's word for a locked key
inline constexpr StatusWord locked_my_number{0x6984}; // and what the card really says
inline constexpr StatusWord conditions_not_met{0x6985};
inline constexpr StatusWord no_current_file{0x6986};
inline constexpr StatusWord file_not_found{0x6A82};
inline constexpr StatusWord record_not_found{0x6A83};
inline constexpr StatusWord wrong_p1p2{0x6A86};
inline constexpr StatusWord no_key_data{0x6A88};
inline constexpr StatusWord offset_beyond_end{0x6B00};
inline constexpr StatusWord wrong_instruction{0x6D00};
inline constexpr StatusWord wrong_class{0x6E00};
} // namespace sw

// 63Cx: tries left, 0..15. Empty for any other word.
constexpr std::optional<std::uint8_t> tries_left(StatusWord status) noexcept {
    if ((status.value & 0xFFF0U) != 0x63C0U)
        return std::nullopt;
    return static_cast<std::uint8_t>(status.value & 0x0FU);
}

constexpr bool is_locked(StatusWord status) noexcept {
    return status == sw::locked || status == sw::locked_my_number;
}

// The card says that what was named is not there: file, record or referenced data (ISO/IEC 7816-4 table 6).
constexpr bool is_not_found(StatusWord status) noexcept {
    return status == sw::file_not_found || status == sw::record_not_found || status == sw::no_key_data;
}

// The card does not know the command or its class at all.
constexpr bool is_not_understood(StatusWord status) noexcept {
    return status == sw::wrong_instruction || status == sw::wrong_class;
}

} // namespace kaomon::card
