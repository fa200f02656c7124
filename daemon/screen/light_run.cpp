#include "daemon/screen/light_run.hpp"

namespace kaomon::screen {

LightRun::Step LightRun::send(Instant now) {
    due_ = now + patience;
    const Colour colour = light_[sent_++];
    return {last_number(), colour};
}

bool LightRun::shown(int number, Instant now) {
    if (answered() || number != last_number() || now > due_)
        return false;
    shown_.push_back({now, light_[sent_ - 1]});
    due_ = now + stands;
    return true;
}

} // namespace kaomon::screen
