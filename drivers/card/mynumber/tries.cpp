#include "drivers/card/mynumber/tries.hpp"

namespace kaomon::card::mynumber {

Result<Tries> read_tries(CardTransaction& card, FileId key) {
    const auto there = select_file_if_there(card, key);
    if (!there)
        return std::unexpected(there.error());
    if (!*there)
        return Tries{Tries::State::absent, 0};
    const auto response = exchange(card, {0x00, 0x20, 0x00, 0x80, {}, 0});
    if (!response)
        return std::unexpected(response.error());
    const StatusWord status = response->status;
    if (const auto left = tries_left(status)) {
        return Tries{*left == 0 ? Tries::State::locked : Tries::State::counted, *left};
    }
    if (is_locked(status))
        return Tries{Tries::State::locked, 0};
    if (status == sw::ok)
        return Tries{Tries::State::open, 0};
    if (is_not_found(status))
        return Tries{Tries::State::absent, 0};
    if (status == sw::wrong_no_counter)
        return Tries{Tries::State::untold, 0};
    return unexpected_status("VERIFY without a body", status);
}

} // namespace kaomon::card::mynumber
