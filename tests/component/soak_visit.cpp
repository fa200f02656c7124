#include "tests/component/soak_visit.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace kaomon::test {

namespace json = boost::json;

namespace {

struct Row {
    SoakKind kind;
    std::string_view name;
    unsigned weight; // of the sum of all
    enum class May : std::uint8_t { only_verify, never_verify, verify_or_not } may;
};
using enum SoakKind;
constexpr auto only = Row::May::only_verify, never = Row::May::never_verify, either = Row::May::verify_or_not;
constexpr std::array<Row, soak_kinds> rows{{
    {face, "face", 400, only},
    {pin, "pin", 220, only},
    {visual_check, "visual_check", 120, only},
    {card_pulled, "card_pulled", 60, either}, // after its last command nobody misses it
    {card_error, "card_error", 60, never},
    {camera_unplugged, "camera_unplugged", 15, never},
    {camera_black, "camera_black", 5, never},
    {camera_frozen, "camera_frozen", 5, never},
    {camera_error, "camera_error", 15, never},
    {forged_card, "forged_card", 10, never},
    {wrong_number, "wrong_number", 30, never},
    {short_deadline, "short_deadline", 20, either},
    {caller_gone, "caller_gone", 25, either},
    {garbage, "garbage", 13, only},
    {reader_service_died, "reader_service_died", 2, never},
}};
constexpr unsigned all_weights = [] {
    unsigned sum = 0;
    for (const auto& row : rows)
        sum += row.weight;
    return sum;
}();

const Row& draw(std::mt19937_64& random) {
    auto at = random() % all_weights;
    for (const auto& row : rows) {
        if (at < row.weight)
            return row;
        at -= row.weight;
    }
    return rows.front();
}

// Goes away behind the first few replies; the desk is free when this returns.
void go_away(Desk& desk, const std::string& number, unsigned replies) {
    {
        Caller caller(desk.socket());
        caller.send("org.kaomon.Verification.Verify",
                    {{"nonce", "nonce-of-a-component-test"}, {"access_number", {{"number", number}}}}, true);
        for (unsigned i = 0; i < replies; ++i)
            (void)caller.receive(1);
    }
    if (!eventually([&] { return desk.status().at("state") == "idle"; }))
        throw std::runtime_error("a session outlives its caller");
}

Visit camera_visit(Desk& desk, const std::string& number, const char* fault) {
    desk.camera_fault(fault);
    auto visit = desk.visit(number);
    desk.camera_fault("clear");
    desk.camera_fault("plug");
    return visit;
}

Visit visit_of(SoakKind kind, SoakDesk& at, std::mt19937_64& random) {
    Desk& desk = at.desk;
    const std::string number = desk.number(at.card);
    switch (kind) {
    case face:
        return desk.visit(number);
    case pin:
        return desk.visit_with("", {{{"pin", desk.pin(at.card)}}});
    case visual_check:
        return desk.visit_with(
            "", {{{"visual_check", {{"staff", "hanako.s"}, {"reason", "no_photo"}, {"confirmed", true}}}}});
    case card_pulled:
        desk.card_fault("pull after " + std::to_string(random() % 80));
        return desk.visit(number);
    case card_error:
        desk.card_fault("error 6F00 after " + std::to_string(random() % 9));
        return desk.visit(number);
    case camera_unplugged:
        return camera_visit(desk, number, "unplug");
    case camera_black:
        return camera_visit(desk, number, "black");
    case camera_frozen:
        return camera_visit(desk, number, "freeze");
    case camera_error:
        return camera_visit(desk, number, "error 5");
    case forged_card:
        desk.put(at.forged);
        return desk.visit(desk.number(at.forged));
    case wrong_number: { // the year of the card's expiry, after the six digits of the birthday
        auto wrong = number;
        wrong[9] = wrong[9] == '0' ? '1' : '0';
        return desk.visit(wrong);
    }
    case short_deadline:
        return desk.visit(number, 500 + static_cast<int>(random() % 1000));
    case caller_gone:
        go_away(desk, number, static_cast<unsigned>(random() % 6));
        return {};
    case garbage: {
        Caller other(desk.socket());
        other.send_raw(std::string_view("{\"method\":7}\0", 13));
        return desk.visit(number);
    }
    case reader_service_died: {
        desk.pcscd().kill();
        auto visit = desk.visit(number);
        desk.pcscd().start();
        desk.put(at.card);
        return visit;
    }
    }
    std::unreachable();
}

// The card as it lies between two visits.
void restore(SoakKind kind, SoakDesk& at) {
    if (kind == forged_card)
        at.desk.put(at.card);
    if (kind != card_pulled && kind != card_error)
        return;
    at.desk.card_fault("clear");
    if (kind == card_pulled)
        at.desk.card_fault("insert");
    const auto present = [&] { return at.desk.status().at("card_present").as_bool(); };
    if (!eventually(present))
        at.desk.put(at.card);
}

} // namespace

std::string_view name_of(SoakKind kind) {
    return rows.at(static_cast<std::size_t>(kind)).name;
}

SoakDesk::SoakDesk()
    : card(desk.issue("card")), forged(desk.issue("forged", {"--kind", "forged-signature"})) {
    desk.restart_daemon(Desk::other_view_of_holder());
    desk.put(card);
}

SoakVisit soak_visit(SoakDesk& at, std::mt19937_64& random) {
    const Row& row = draw(random);
    SoakVisit done{row.kind, visit_of(row.kind, at, random)};
    restore(row.kind, at);
    const std::string& decision = done.visit.decision;
    const bool blamed = decision == "not_verified" && row.kind != forged_card;
    done.wrong =
        blamed || (row.may == only && decision != "verified") || (row.may == never && decision == "verified");
    return done;
}

} // namespace kaomon::test
