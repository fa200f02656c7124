#include "drivers/card/pcsc/sighting.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace kaomon::card::pcsc {
namespace {

// What makers write into a slot's name. Capitals count: "CL" is in many words.
bool sounds_contactless(std::string_view name) noexcept {
    constexpr std::array marks{"Contactless", "contactless", "CONTACTLESS", "PICC",
                               "CL Reader",   "CL]",         "5422CL"};
    return std::ranges::any_of(marks, [&](const char* mark) { return name.contains(mark); });
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

bool name_fits(std::string_view name, std::string_view pattern) noexcept {
    while (true) {
        const std::size_t star = pattern.find('*');
        const std::string_view part = pattern.substr(0, star);
        const std::size_t at = name.find(part);
        if (at == std::string_view::npos)
            return false;
        if (star == std::string_view::npos)
            return true;
        name.remove_prefix(at + part.size());
        pattern.remove_prefix(star + 1);
    }
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
