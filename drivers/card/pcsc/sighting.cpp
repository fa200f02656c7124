#include "drivers/card/pcsc/sighting.hpp"

namespace kaomon::card::pcsc {
namespace {

int rank(const Sighting& reader, std::string_view ours) noexcept {
    switch (reader.condition()) {
    case ReaderCondition::card_present:
        return reader.reader == ours ? 4 : 3;
    case ReaderCondition::mute_card:
        return 2;
    case ReaderCondition::no_card:
        return 1;
    default:
        return 0;
    }
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

const Sighting* choose(std::span<const Sighting> readers, std::string_view name_part,
                       std::string_view ours) noexcept {
    const Sighting* best = nullptr;
    for (const Sighting& reader : readers) {
        if (reader.reader.find(name_part) == std::string::npos)
            continue;
        if (best == nullptr || rank(reader, ours) > rank(*best, ours))
            best = &reader;
    }
    return best;
}

} // namespace kaomon::card::pcsc
