#include "tests/component/fault_matrix/stage.hpp"

#include <array>
#include <csignal>

namespace kaomon::test {
namespace {

using By = FaultedDesk::By;

constexpr const char* slow_card = "slow 200"; // milliseconds an APDU: seconds for what takes a dozen of them

void begin_and_reach(FaultedDesk& desk, By by, std::string_view state) {
    desk.begin(by);
    desk.visit->reach(state);
}

void release_card(FaultedDesk& desk) {
    desk.desk().card_fault("slow 0");
}

constexpr std::array all{
    Stage{"idle", [](FaultedDesk&) {},
          [](FaultedDesk& desk) {
              if (!desk.visit)
                  desk.begin(By::number_at_once);
          }},
    Stage{"waiting_card",
          [](FaultedDesk& desk) {
              desk.desk().card_fault("pull");
              eventually([&] { return !desk.desk().status().at("card_present").as_bool(); });
              begin_and_reach(desk, By::number_at_once, "waiting_card");
          },
          [](FaultedDesk& desk) { desk.desk().card_fault("insert"); }},
    Stage{"reading_card",
          [](FaultedDesk& desk) {
              desk.desk().card_fault(slow_card);
              begin_and_reach(desk, By::number_at_once, "reading_card");
          },
          release_card},
    Stage{"waiting_access_number",
          [](FaultedDesk& desk) { begin_and_reach(desk, By::number_later, "waiting_access_number"); },
          [](FaultedDesk& desk) { desk.give_number(); }},
    Stage{"reading_photo",
          [](FaultedDesk& desk) {
              begin_and_reach(desk, By::number_later, "waiting_access_number");
              desk.desk().card_fault(slow_card);
              desk.give_number();
              desk.visit->reach("reading_photo");
          },
          release_card},
    Stage{"preparing_reference",
          [](FaultedDesk& desk) {
              begin_and_reach(desk, By::number_later, "waiting_access_number");
              desk.signal_photo_workers(SIGSTOP);
              desk.give_number();
              desk.visit->reach("preparing_reference");
          },
          [](FaultedDesk& desk) { desk.signal_photo_workers(SIGCONT); }},
    Stage{"capturing_face",
          [](FaultedDesk& desk) {
              desk.camera_is_dark = true;
              begin_and_reach(desk, By::number_at_once, "capturing_face");
          },
          [](FaultedDesk& desk) { desk.desk().camera_fault("clear"); }},
    Stage{"waiting_method", [](FaultedDesk& desk) { begin_and_reach(desk, By::pin, "waiting_method"); },
          [](FaultedDesk& desk) { desk.give_pin(); }},
    Stage{"checking_pin",
          [](FaultedDesk& desk) {
              begin_and_reach(desk, By::pin, "waiting_method");
              desk.desk().card_fault("slow 500"); // six APDUs
              desk.give_pin();
              desk.visit->reach("checking_pin");
          },
          release_card},
};

} // namespace

std::span<const Stage> stages() {
    return all;
}

} // namespace kaomon::test
