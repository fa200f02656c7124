#include "drivers/card/reader.hpp"

namespace kaomon::card {

Reason reason_of(ReaderCondition condition) noexcept {
    switch (condition) {
    case ReaderCondition::service_down:
        return Reason::reader_service_down;
    case ReaderCondition::no_reader:
        return Reason::no_reader;
    case ReaderCondition::no_card:
        return Reason::no_card;
    case ReaderCondition::mute_card:
        return Reason::card_mute;
    case ReaderCondition::card_present:
        break;
    }
    return Reason::internal_error; // asked for the fault of a state that has none
}

} // namespace kaomon::card
