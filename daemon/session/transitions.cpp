#include "daemon/session/transitions.hpp"

#include <cstddef>

namespace kaomon::session {
namespace {

// One column a state, one row an event. `same`: changes nothing here (the event is remembered or void).
// `undecided` is what a forgotten entry reads as.
enum Cell : std::uint8_t {
    undecided,
    same,
    w_card,
    r_card,
    w_accs,
    r_phot,
    compar,
    lookng,
    w_way,
    c_pin,
    finish
};

// clang-format off
constexpr std::array<std::array<Cell, state_count>, event_count> table{{
    //                     idle    w_card  r_card  w_accs  r_phot  compar  lookng  w_way   c_pin   concluded
    /* begin           */ {w_card, same,   same,   same,   same,   same,   same,   same,   same,   same},
    /* card_present    */ {same,   r_card, same,   same,   same,   same,   same,   same,   same,   same},
    /* card_absent     */ {same,   same,   finish, finish, finish, same,   same,   same,   same,   same},
    /* reader_failed   */ {same,   finish, finish, finish, finish, same,   same,   same,   same,   same},
    /* free_data_read  */ {same,   same,   w_accs, same,   same,   same,   same,   same,   same,   same},
    /* access_number_given    */ {same,   same,   same,   r_phot, same,   same,   same,   same,   same,   same},
    /* access_number_refused  */ {same,   same,   same,   same,   w_accs, same,   same,   same,   same,   same},
    /* card_failed     */ {same,   same,   finish, finish, finish, same,   same,   same,   finish, same},
    /* record_read     */ {same,   same,   same,   same,   compar, same,   same,   same,   same,   same},
    /* record_rejected */ {same,   same,   same,   same,   finish, same,   same,   finish, finish, same},
    /* reference_ready */ {same,   same,   same,   same,   same,   lookng, same,   same,   same,   same},
    /* reference_failed*/ {same,   same,   same,   same,   same,   finish, same,   same,   same,   same},
    /* face_ready      */ {same,   same,   same,   same,   same,   same,   finish, same,   same,   same},
    /* face_failed     */ {same,   finish, finish, finish, finish, finish, finish, same,   same,   same},
    /* method_over        */ {same,   w_way,  w_way,  w_way,  w_way,  w_way,  w_way,  same,   same,   same},
    /* pin_given       */ {same,   same,   same,   c_pin,  same,   same,   c_pin,  c_pin,  same,   same},
    /* pin_refused     */ {same,   same,   same,   same,   same,   same,   same,   same,   w_way,  same},
    /* pin_verified    */ {same,   same,   same,   same,   same,   same,   same,   same,   finish, same},
    /* staff_decided   */ {same,   finish, same,   finish, same,   finish, finish, finish, same,   same},
    /* deadline        */ {same,   finish, finish, finish, finish, finish, finish, finish, finish, same},
    /* cancel          */ {same,   finish, finish, finish, finish, finish, finish, finish, finish, same},
}};
// clang-format on

constexpr std::size_t index(auto value) {
    return static_cast<std::size_t>(value);
}

} // namespace

std::optional<State> next(State state, Event event) noexcept {
    switch (table[index(event)][index(state)]) {
    case undecided:
        return std::nullopt;
    case same:
        return state;
    case w_card:
        return State::waiting_card;
    case r_card:
        return State::reading_card;
    case w_accs:
        return State::waiting_access_number;
    case r_phot:
        return State::reading_photo;
    case compar:
        return State::preparing_reference;
    case lookng:
        return State::capturing_face;
    case w_way:
        return State::waiting_method;
    case c_pin:
        return State::checking_pin;
    case finish:
        return State::concluded;
    }
    return std::nullopt;
}

std::string print_transitions() {
    std::string text;
    for (const Event event : values<Event>()) {
        for (const State state : values<State>()) {
            const auto after = next(state, event);
            if (after == state)
                continue;
            text.append(word(state)).append(" --").append(word(event)).append("--> ");
            text.append(after ? word(*after) : "UNDECIDED").append("\n");
        }
    }
    return text;
}

} // namespace kaomon::session
