#include "drivers/card/pcsc/sighting.hpp"

#include "drivers/card/pcsc/quirks.hpp"
#include "drivers/card/pcsc/reader_name.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace kaomon::card::pcsc {
namespace {

// What makers write into a slot's name, of readers that nobody has told us of too. Capitals count: "CL" is in
// many words.
bool sounds_contactless(std::string_view name) noexcept {
    constexpr std::array marks{"Contactless", "contactless", "CONTACTLESS", "PICC", "CL]"};
    return std::ranges::any_of(marks, [&](const char* mark) { return name.contains(mark); }) ||
           std::ranges::any_of(quirks(), [&](const Quirk& row) {
               return !row.contactless_slot.empty() && name.contains(row.contactless_slot);
           });
}

} // namespace

ReaderCondition Sighting::condition() const noexcept {
    if ((state & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE | SCARD_STATE_IGNORE)) != 0) {
        return ReaderCondition::no_reader;
    }
    if ((state & SCARD_STATE_PRESENT) == 0)
        return ReaderCondition::no_card;
    return (state & SCARD_STATE_MUTE) != 0 ? ReaderCondition::mute_card : ReaderCondition::card_present;
}

bool Sighting::has_card() const noexcept {
    return condition() == ReaderCondition::card_present || condition() == ReaderCondition::mute_card;
}

const Sighting* choose(std::span<const Sighting> readers, std::string_view pattern,
                       std::string_view ours) noexcept {
    const auto contactless = [&](const Sighting& reader) {
        return reader.contactless || (!reader.has_card() && sounds_contactless(reader.reader));
    };
    const bool any_contactless = std::ranges::any_of(readers, [&](const Sighting& reader) {
        return reader.condition() != ReaderCondition::no_reader && name_fits(reader.reader, pattern) &&
               contactless(reader);
    });
    const auto rank = [&](const Sighting& reader) {
        const bool lay_there = reader.has_card() && (reader.contactless || !any_contactless);
        return std::tuple(reader.condition() != ReaderCondition::no_reader, reader.arrived, lay_there,
                          lay_there && reader.condition() == ReaderCondition::card_present,
                          contactless(reader), reader.reader == ours);
    };
    const Sighting* best = nullptr;
    for (const Sighting& reader : readers) {
        if (name_fits(reader.reader, pattern) && (best == nullptr || rank(reader) > rank(*best)))
            best = &reader;
    }
    return best;
}

} // namespace kaomon::card::pcsc
