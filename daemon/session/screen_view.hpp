// What the patient's screen shows, as the desk says it.
#pragma once

#include "daemon/screen/light_run.hpp"
#include "daemon/session/state.hpp"
#include "proto/reason.hpp"

#include <functional>
#include <optional>
#include <string>

namespace kaomon::session {

using ScreenId = std::string; // unguessable

struct ScreenView {
    State state = State::idle;
    std::optional<Reason> hint{};                  // what the patient can do now; nothing that is for staff
    std::optional<screen::LightRun::Step> light{}; // to fill the screen with, then to be answered
    bool replaced = false;                         // the last view: another screen has its place
};
using ScreenListener = std::function<void(const ScreenView&)>;

struct AttachedScreen {
    ScreenId id;
    ScreenView view; // now
};

} // namespace kaomon::session
