// The parts of a rehearsal. Each looks once and never throws; what it cannot look at it says.
#pragma once

#include "drivers/camera/camera.hpp"
#include "drivers/card/reader.hpp"
#include "tools/clinic/certificate/record.hpp"
#include "tools/clinic/rehearse/desk.hpp"
#include "tools/clinic/rehearse/rehearsal.hpp"

#include <functional>
#include <optional>

namespace kaomon::rehearse {

// What the person at the desk should do now; called from the thread of the part.
using Prompt = std::function<void(const Text&)>;

// The sentence of a reason. Reentrant.
inline Text text_of(Reason reason) {
    const ReasonEntry& entry = describe(reason);
    return {std::string(entry.japanese), std::string(entry.english)};
}

// The reader, and whether it reads a card put down within `patience`: what the card tells for free, no try
// spent, nothing of it shown. Thread-bound to the reader's thread.
Part look_at_reader(card::Reader& reader, Milliseconds patience, Date today, const Prompt& prompt);

// Camera and light with a person standing there: first frame, frames a second, how often the view of the face
// is good. Thread-bound to the pipeline's thread.
Part look_at_camera(const Desk& desk, const Prompt& prompt);

// What `kaomon-clinic certificate` found last, as it stands today; nothing where it was never asked.
Part look_at_certificate(const std::optional<certificate::Record>& last, Date today);

// This computer's clock as the kernel keeps it and as it must be after `known`, a day that is past for
// certain; `asked`: what the line's time server said, if it was asked.
Part look_at_clock(Date today, Date known, std::span<const Finding> asked);

// The simulated card of the test visit.
struct TestCard {
    std::optional<Image> photograph{}; // nothing: of whoever stands there, taken beforehand
    std::size_t read_block = 256;      // bytes asked for at once, as configured
};

// A visit from the card on the reader to the verdict. Thread-bound to the pipeline's thread.
Part look_at_visit(const Desk& desk, const TestCard& card, Date today, const Prompt& prompt);

} // namespace kaomon::rehearse
