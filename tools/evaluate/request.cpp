#include "tools/evaluate/request.hpp"

#include "daemon/liveness/movement.hpp"

namespace kaomon::evaluate {

fault::Ask asked_by(Reason hint) {
    if (hint == Reason::blink_once)
        return fault::Ask::blink;
    const auto movement = liveness::movement_of(hint);
    return movement ? from_word<fault::Ask>(word(*movement)).value() : fault::Ask::none;
}

} // namespace kaomon::evaluate
