#include "drivers/card/simulated/condition.hpp"

namespace kaomon::card::simulated {

void Condition::apply(const fault::Fault& fault) {
    using fault::Verb;
    const unsigned argument = fault.argument.value_or(0);
    switch (fault.verb) {
    case Verb::insert:
        inserted = true;
        break;
    case Verb::pull:
        inserted = false;
        break;
    case Verb::mute:
        mute = true;
        break;
    case Verb::slow:
        delay = Milliseconds(argument);
        break;
    case Verb::error:
        error = StatusWord{static_cast<std::uint16_t>(argument)};
        break;
    case Verb::unplug:
        plugged = false;
        break;
    case Verb::plug:
        plugged = true;
        break;
    case Verb::black:
    case Verb::freeze:
    case Verb::ask:
    case Verb::light:
        break;
    case Verb::clear:
        mute = false;
        plugged = true;
        delay = Milliseconds(0);
        error.reset();
        break;
    }
}

} // namespace kaomon::card::simulated
