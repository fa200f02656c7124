#include "tools/clinic/choose/card_probe.hpp"

#include "drivers/base/clock.hpp"
#include "drivers/card/exchange.hpp"
#include "drivers/card/mynumber/application.hpp"
#include "drivers/card/mynumber/file.hpp"
#include "drivers/card/mynumber/generation.hpp"

#include <array>

namespace kaomon::choose {
namespace {

namespace mynumber = card::mynumber;
using card::Command;

// A file of the card, of whichever generation it is.
Result<void> select(card::CardTransaction& card, mynumber::FileAddress mynumber::Generation::* place) {
    for (const mynumber::Generation& generation : mynumber::generations) {
        const auto there = mynumber::select_application(card, (generation.*place).application);
        if (!there)
            return std::unexpected(there.error());
        if (*there)
            return mynumber::select_file(card, (generation.*place).file);
    }
    return fail(Reason::not_my_number_card);
}

// How many bytes came back for a question after `size`; 0: the reader or the card did not take it.
Result<std::size_t> ask_for(card::CardTransaction& card, std::size_t size) {
    const auto response =
        card::exchange(card, {0x00, 0xB0, 0x00, 0x00, {}, static_cast<std::uint32_t>(size)});
    if (!response) {
        const Reason why = response.error().reason;
        if (why == Reason::card_error)
            return 0U;
        return std::unexpected(response.error());
    }
    const bool good = response->status == card::sw::ok || response->status == card::sw::end_of_file;
    return good ? response->data.size() : 0U;
}

} // namespace

Result<std::size_t> largest_block(card::CardTransaction& card) {
    if (const auto selected = select(card, &mynumber::Generation::sign_in_certificate); !selected)
        return std::unexpected(selected.error());
    std::size_t best = 0;
    for (const std::size_t size : {256U, 512U, 1024U, 2048U}) {
        if (size > card.block_limit())
            break;
        const auto got = ask_for(card, size);
        if (!got && best > 0)
            return best; // this one was too much, and ended it
        if (!got && got.error().reason != Reason::card_removed)
            return got;
        if (!got || *got <= best)
            break;
        best = *got >= size ? size : std::max(best, *got);
        if (*got < size)
            break; // the file ends here
    }
    for (const std::size_t size : {128U, 64U, 32U, 16U}) {
        if (best > 0)
            break;
        const auto got = ask_for(card, size);
        if (!got)
            return got;
        best = *got;
    }
    if (best == 0)
        return fail(Reason::card_error, "not even 16 bytes of a file come back");
    return best;
}

Result<void> touch(card::CardTransaction& card) {
    if (const auto selected = select(card, &mynumber::Generation::card_info); !selected)
        return selected;
    const auto record = card::exchange(card, {0x00, 0xB2, 0x01, 0x04, {}, 256});
    if (!record)
        return std::unexpected(record.error());
    return record->status == card::sw::ok ? Result<void>()
                                          : mynumber::unexpected_status("READ RECORD", record->status);
}

Result<double> round_trip(card::CardTransaction& card) {
    // the application that read_free_data() left current has this file, and selecting it again changes
    // nothing
    const Command command{0x00, 0xA4, 0x02, 0x0C, {0x00, 0x12}, 0};
    const Instant begun = SteadyClock::now();
    const auto response = card::exchange(card, command);
    const double took = std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count();
    if (!response)
        return std::unexpected(response.error());
    return took;
}

} // namespace kaomon::choose
