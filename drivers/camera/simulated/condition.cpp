#include "drivers/camera/simulated/condition.hpp"

namespace kaomon::camera::simulated {

Result<Condition> Condition::watch(const std::filesystem::path& fifo) {
    Condition condition;
    if (fifo.empty())
        return condition;
    auto line = fault::FaultLine::open(fifo);
    if (!line)
        return std::unexpected(line.error());
    condition.line_ = std::move(*line);
    return condition;
}

void Condition::refresh() {
    if (!line_)
        return;
    for (const auto& fault : line_->take()) {
        if (const auto now = schedule_.add(fault))
            apply(*now);
    }
}

void Condition::frame_comes() {
    for (const auto& fault : schedule_.arrive())
        apply(fault);
}

Result<void> Condition::usable() const {
    if (unplugged_)
        return fail(Reason::camera_lost, "unplugged by a fault");
    if (error_)
        return fail(Reason::camera_error, "an error by a fault");
    return {};
}

void Condition::apply(const fault::Fault& fault) {
    switch (fault.verb) {
    case fault::Verb::black:
        black_ = true;
        return;
    case fault::Verb::freeze:
        frozen_ = true;
        return;
    case fault::Verb::mute:
        mute_ = true;
        return;
    case fault::Verb::slow:
        delay_ = Milliseconds(fault.argument.value_or(0));
        return;
    case fault::Verb::error:
        error_ = fault.argument.value_or(0);
        return;
    case fault::Verb::unplug:
        unplugged_ = true;
        return;
    case fault::Verb::plug:
        unplugged_ = false;
        return;
    case fault::Verb::clear:
        unplugged_ = black_ = frozen_ = mute_ = false;
        delay_ = Milliseconds(0);
        error_.reset();
        return;
    case fault::Verb::insert:
    case fault::Verb::pull:
        return;
    }
}

} // namespace kaomon::camera::simulated
