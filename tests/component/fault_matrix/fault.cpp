#include "tests/component/fault_matrix/fault.hpp"

#include <chrono>
#include <csignal>
#include <thread>

namespace kaomon::test {
namespace {

using std::chrono::milliseconds;
using By = FaultedDesk::By;

void pause(milliseconds time) {
    std::this_thread::sleep_for(time);
}

// The camera may have been dark until then.
void camera(FaultedDesk& desk, const char* line) {
    desk.desk().camera_fault("clear");
    desk.desk().camera_fault(line);
}

// A caller needs a visit to do something with.
void begin_if_idle(FaultedDesk& desk, By by = By::number_at_once) {
    if (!desk.visit)
        desk.begin(by);
    while (desk.visit->session().empty() && desk.visit->step(1)) {
    }
}

void start_again(FaultedDesk& desk) {
    desk.desk().daemon().wait();
    desk.restart();
}

constexpr const char* watch = R"({"method":"org.kaomon.Device.Watch","more":true})";

constexpr Fault all[]{
    {"card_pulled", Part::card, "reading_photo", [](FaultedDesk& d) { d.desk().card_fault("pull"); }},
    {"card_lifted", Part::card, "waiting_access_number",
     [](FaultedDesk& d) {
         d.desk().card_fault("pull");
         pause(milliseconds(300));
         d.desk().card_fault("insert");
     }},
    {"card_mute", Part::card, "reading_photo", [](FaultedDesk& d) { d.desk().card_fault("mute"); }},
    {"card_slow", Part::card, "reading_card", [](FaultedDesk& d) { d.desk().card_fault("slow 30"); }},
    {"card_error_6f00", Part::card, "reading_photo",
     [](FaultedDesk& d) { d.desk().card_fault("error 6F00"); }},
    {"card_error_6982", Part::card, "checking_pin",
     [](FaultedDesk& d) { d.desk().card_fault("error 6982"); }},
    {"card_swapped", Part::card, "waiting_access_number", [](FaultedDesk& d) { d.put_another_card(); },
     [](FaultedDesk& d) { d.put_holders_card(); }},

    {"reader_unplugged", Part::reader, "reading_card",
     [](FaultedDesk& d) {
         d.desk().pcscd().stop();
         d.desk().pcscd().plug_in(0);
         d.desk().pcscd().start();
     },
     [](FaultedDesk& d) {
         d.desk().pcscd().stop();
         d.desk().pcscd().plug_in(1);
         d.desk().pcscd().start();
     }},
    {"pcscd_killed", Part::reader, "reading_photo", [](FaultedDesk& d) { d.desk().pcscd().kill(); },
     [](FaultedDesk& d) { d.desk().pcscd().start(); }},
    {"pcscd_restarted", Part::reader, "waiting_access_number",
     [](FaultedDesk& d) {
         d.desk().pcscd().stop();
         d.desk().pcscd().start();
     }},
    {"pcscd_stopped", Part::reader, "reading_card", [](FaultedDesk& d) { d.desk().pcscd().freeze(); },
     [](FaultedDesk& d) { d.desk().pcscd().thaw(); }},
    {"pcscd_stuck", Part::reader, "", // nowhere: it is known after 15 s
     [](FaultedDesk& d) {
         d.desk().pcscd().freeze();
         if (!d.visit) // what the desk says when it is known
             eventually([&] { return d.desk().status().contains("reader_fault"); }, 30);
     },
     [](FaultedDesk& d) { d.desk().pcscd().thaw(); }},
    {"pcscd_paused", Part::reader, "reading_photo",
     [](FaultedDesk& d) {
         d.desk().pcscd().freeze();
         pause(milliseconds(1000));
         d.desk().pcscd().thaw();
     }},

    {"camera_black", Part::camera, "capturing_face", [](FaultedDesk& d) { camera(d, "black"); }},
    {"camera_frozen", Part::camera, "capturing_face", [](FaultedDesk& d) { camera(d, "freeze"); }},
    {"camera_mute", Part::camera, "capturing_face", [](FaultedDesk& d) { camera(d, "mute"); }},
    {"camera_slow", Part::camera, "capturing_face", [](FaultedDesk& d) { camera(d, "slow 200"); }},
    {"camera_unplugged", Part::camera, "idle", [](FaultedDesk& d) { camera(d, "unplug"); }},
    {"camera_replugged", Part::camera, "capturing_face",
     [](FaultedDesk& d) {
         camera(d, "unplug");
         pause(milliseconds(500)); // longer than a look at a frame on a busy machine
         d.desk().camera_fault("plug");
     }},
    {"camera_error", Part::camera, "waiting_access_number", [](FaultedDesk& d) { camera(d, "error 5"); }},

    {"caller_gone", Part::caller, "checking_pin",
     [](FaultedDesk& d) {
         begin_if_idle(d);
         d.visit->hang_up();
     }},
    {"caller_cancels", Part::caller, "waiting_method",
     [](FaultedDesk& d) {
         begin_if_idle(d);
         d.visit->cancel();
     }},
    {"caller_garbage", Part::caller, "capturing_face",
     [](FaultedDesk& d) {
         begin_if_idle(d);
         d.visit->send_raw(std::string("{\"method\":\0", 11));
     }},
    {"second_caller", Part::caller, "waiting_card",
     [](FaultedDesk& d) {
         d.other_caller = std::make_unique<Caller>(d.desk().socket());
         d.other_caller->send("org.kaomon.Verification.Verify", {{"nonce", "nonce-of-a-second-caller"}},
                              true);
         d.other_caller->receive();
     }},
    {"watch_flood", Part::caller, "waiting_method",
     [](FaultedDesk& d) { d.flood(40, std::string(watch) + '\0'); }},
    {"half_messages", Part::caller, "capturing_face", [](FaultedDesk& d) { d.flood(12, "{\"method\":"); }},
    {"deadline_passes", Part::caller, "reading_card",
     [](FaultedDesk& d) {
         d.deadline_ms = 500;
         begin_if_idle(d, By::number_later);
     }},

    {"daemon_paused", Part::device, "reading_photo",
     [](FaultedDesk& d) {
         d.desk().daemon().signal(SIGSTOP);
         pause(milliseconds(1000));
         d.desk().daemon().signal(SIGCONT);
     }},
    {"daemon_ended", Part::device, "capturing_face",
     [](FaultedDesk& d) { d.desk().daemon().signal(SIGTERM); }, start_again},
    {"daemon_killed", Part::device, "reading_photo",
     [](FaultedDesk& d) { d.desk().daemon().signal(SIGKILL); }, start_again},
    {"daemon_reloaded", Part::device, "waiting_access_number",
     [](FaultedDesk& d) { d.desk().daemon().signal(SIGHUP); },
     [](FaultedDesk& d) {
         eventually([&] { return d.log_since_mark().find("ready on ") != std::string::npos; });
     }},
    {"configuration_broken", Part::device, "waiting_card",
     [](FaultedDesk& d) { d.break_configuration(true); },
     [](FaultedDesk& d) { d.break_configuration(false); }},
    {"photo_worker_killed", Part::device, "preparing_reference",
     [](FaultedDesk& d) {
         pause(milliseconds(300)); // one that has its photograph by then
         d.signal_photo_workers(SIGKILL);
     }},
    {"photo_worker_stopped", Part::device, "reading_photo",
     [](FaultedDesk& d) { d.signal_photo_workers(SIGSTOP); }},
    {"record_replaced", Part::device, "checking_pin", [](FaultedDesk& d) { d.move_record(true); },
     [](FaultedDesk& d) { d.move_record(false); }},
    {"disk_full", Part::device, "waiting_access_number", [](FaultedDesk& d) { d.fill_disk(); },
     [](FaultedDesk& d) { d.free_disk(); }, true},
    {"disk_read_only", Part::device, "waiting_method", [](FaultedDesk& d) { d.make_disk_read_only(true); },
     [](FaultedDesk& d) { d.make_disk_read_only(false); }, true},
};

} // namespace

std::span<const Fault> faults() {
    return all;
}

} // namespace kaomon::test
