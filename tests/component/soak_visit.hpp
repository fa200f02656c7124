// One of very many visits: whole or with a fault in it, drawn from a seed, and what its verdict may be.
#pragma once

#include "tests/component/desk.hpp"

#include <cstdint>
#include <random>
#include <string_view>

namespace kaomon::test {

enum class SoakKind : std::uint8_t {
    face, // without a fault
    pin,
    visual_check,
    card_pulled, // after some command
    card_error,
    camera_unplugged,
    camera_black,
    camera_frozen,
    camera_error,
    forged_card,
    wrong_number, // such as the card's free data contradict: no try
    short_deadline,
    caller_gone,
    garbage, // of another caller, beside a whole visit
    reader_service_died,
};
inline constexpr int soak_kinds = static_cast<int>(SoakKind::reader_service_died) + 1;
std::string_view name_of(SoakKind kind);

// What the visits of one desk share.
struct SoakDesk {
    Desk desk;
    std::filesystem::path card, forged;
    SoakDesk();
};

struct SoakVisit {
    SoakKind kind = SoakKind::face;
    Visit visit; // empty decision: its caller did not wait for one
    // A fault-free visit that did not verify, a faulty one that verified though it could not, or that blamed
    // the person.
    bool wrong = false;
};

// One visit, and then the desk as it was before. Throws std::runtime_error where it does not come back to
// that.
SoakVisit soak_visit(SoakDesk& at, std::mt19937_64& random);

} // namespace kaomon::test
