#include "drivers/camera/simulated/condition.hpp"

namespace kaomon::camera::simulated {
namespace {

constexpr std::size_t most_asked = 16; // between two frames

} // namespace

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

void Condition::tell(const fault::Fault& fault) {
    const std::lock_guard lock(told_->mutex);
    told_->waiting.push_back(fault);
}

void Condition::refresh() {
    std::vector<fault::Fault> come = line_ ? line_->take() : std::vector<fault::Fault>{};
    {
        const std::lock_guard lock(told_->mutex);
        come.insert(come.end(), told_->waiting.begin(), told_->waiting.end());
        told_->waiting.clear();
    }
    for (const auto& fault : come) {
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
        asked_.assign(1, fault::Ask::none);
        light_ = {};
        return;
    case fault::Verb::ask:
        if (asked_.size() == most_asked)
            asked_.erase(asked_.begin());
        asked_.push_back(fault.ask);
        return;
    case fault::Verb::light:
        light_ = fault.light;
        return;
    case fault::Verb::insert:
    case fault::Verb::pull:
        return;
    }
}

} // namespace kaomon::camera::simulated
