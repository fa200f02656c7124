// What the patient's screen shows, as the desk says it.
#pragma once

#include "daemon/match/verdict.hpp"
#include "daemon/screen/light_run.hpp"
#include "daemon/session/purpose.hpp"
#include "daemon/session/state.hpp"
#include "daemon/visit/preview.hpp"
#include "proto/attribute.hpp"
#include "proto/method.hpp"
#include "proto/reason.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kaomon::session {

using ScreenId = std::string; // unguessable

struct ScreenView {
    State state = State::idle;
    std::optional<Reason> hint{}; // what the patient can do now; nothing that is for staff
    bool card_present = false;    // with State::idle: it is to be taken
    std::optional<Reason> alarm{};
    std::optional<std::uint8_t> tries_left{}, pin_tries_left{};
    std::vector<Method> methods{};                 // that can still verify, with state waiting_method
    std::vector<Attribute> attributes{};           // that the caller wants to know of the patient
    std::string requester{};                       // who that is; empty: nobody by name
    std::optional<Purpose> purpose{};              // what for
    std::optional<match::Decision> decision{};     // with State::concluded
    std::optional<screen::LightRun::Step> light{}; // to fill the screen with, then to be answered
    bool help = false;                             // the patient has called the staff
    std::string clinic{};                          // its name; empty: none
    bool replaced = false;                         // the last view: another screen has its place
    friend bool operator==(const ScreenView&, const ScreenView&) = default;
};
using ScreenListener = std::function<void(const ScreenView&)>;
using PreviewListener = std::function<void(const visit::PreviewFrame&)>;

struct AttachedScreen {
    ScreenId id;
    ScreenView view; // now
};

} // namespace kaomon::session
