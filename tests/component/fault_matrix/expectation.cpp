#include "tests/component/fault_matrix/expectation.hpp"

#include <algorithm>
#include <array>
#include <ranges>
#include <stdexcept>
#include <string>

namespace kaomon::test {
namespace {

using enum Then;

// What takes longer than two seconds, and where it is written down.
constexpr double card_comes_back = 3;  // session::Settings::card_back_within
constexpr double first_frame = 1.5;    // camera_budget of daemon/visit/face_part.cpp
constexpr double feed_heals = 3;       // longest_fault of daemon/capture/transaction.cpp
constexpr double photo_budget = 2;     // [photo] budget_ms of this desk
constexpr double thread_is_stuck = 20; // longest_card_step of daemon/main.cpp, and 5 s between two looks
constexpr double rest_of_visit = 4;    // which is only told at its end: the face must be seen first

constexpr std::string_view reading = "reading_card waiting_access_number reading_photo",
                           by_face_before_reference = "idle reading_card waiting_access_number reading_photo",
                           face_is_looked_at =
                               "idle reading_card waiting_access_number reading_photo capturing_face",
                           by_pin = "waiting_method checking_pin";

constexpr Expectation table[]{
    {"card_pulled", "*", "verified", goes_on},
    {"card_pulled", "idle", "no_card card_removed", nothing, 0, 1500}, // pcscd looks every 0.4 s
    {"card_pulled", "waiting_card", "no_card", nothing, 0, 1500},
    {"card_pulled", reading, "card_removed", nothing, card_comes_back},
    {"card_pulled", by_pin, "card_removed", again},
    {"card_lifted", "*", "verified", goes_on},
    {"card_mute", "*", "verified", goes_on},
    {"card_mute", "idle", "card_mute", nothing, 0, 3000},
    {"card_mute", "waiting_card", "card_mute", goes_on, 0, 3000},
    {"card_mute", reading, "card_mute", nothing, card_comes_back}, // it was off the reader between
    {"card_mute", by_pin, "card_mute card_removed card_error", again},
    {"card_slow", "*", "verified", goes_on},
    {"card_slow", "reading_card reading_photo checking_pin", "verified", nothing}, // slow is what held it
    {"card_error_6f00", "*", "verified", goes_on},
    {"card_error_6f00", "idle reading_card reading_photo", "card_error", nothing},
    {"card_error_6f00", "waiting_card waiting_access_number", "card_error", goes_on},
    {"card_error_6f00", by_pin, "card_error", again},
    {"card_error_6982", "*", "verified", goes_on},
    {"card_error_6982", "idle reading_card reading_photo", "card_error", nothing},
    {"card_error_6982", "waiting_card waiting_access_number", "card_error", goes_on},
    {"card_error_6982", by_pin, "card_error", again},
    {"card_swapped", "*", "verified", goes_on},
    {"card_swapped", "idle waiting_card", "access_number_contradicts_card", nothing},
    {"card_swapped", "reading_card", "access_number_contradicts_card card_changed", goes_on},
    {"card_swapped", "waiting_access_number reading_photo", "card_changed", nothing},
    {"card_swapped", by_pin, "card_changed card_removed", again},

    {"reader_unplugged", "*", "verified", goes_on},
    {"reader_unplugged", "idle waiting_card", "no_reader reader_service_down", nothing},
    {"reader_unplugged", reading, "no_reader reader_service_down", nothing},
    {"reader_unplugged", by_pin, "no_reader reader_service_down card_removed", again},
    {"pcscd_killed", "*", "verified", goes_on},
    {"pcscd_killed", "idle waiting_card", "reader_service_down", nothing},
    {"pcscd_killed", reading, "reader_service_down", nothing},
    {"pcscd_killed", by_pin, "reader_service_down card_removed", again},
    {"pcscd_restarted", "*", "verified", goes_on},
    {"pcscd_restarted", "idle", "verified reader_service_down", nothing}, // as soon as it is found again
    {"pcscd_restarted", "waiting_card", "reader_service_down", nothing},
    {"pcscd_restarted", reading, "reader_service_down", nothing},
    {"pcscd_restarted", by_pin, "reader_service_down card_removed", again},
    {"pcscd_stopped", "*", "verified", goes_on},
    {"pcscd_stopped", "idle waiting_card", "no_card", nothing, 0, 3000},
    {"pcscd_stopped", "reading_card reading_photo checking_pin", "timeout", nothing, 0, 3000},
    {"pcscd_stopped", "waiting_access_number waiting_method", "timeout", goes_on, 0, 3000},
    {"pcscd_stuck", "*", "reader_stuck", nothing, thread_is_stuck},
    {"pcscd_stuck", "idle", "reader_stuck", nothing}, // known by then
    {"pcscd_stuck", "waiting_access_number", "reader_stuck", goes_on, thread_is_stuck},
    {"pcscd_stuck", "preparing_reference capturing_face", "verified", goes_on},
    {"pcscd_stuck", by_pin, "reader_stuck", again, thread_is_stuck},
    {"pcscd_paused", "*", "verified", goes_on},

    {"camera_black", face_is_looked_at, "feed_black", nothing, feed_heals},
    {"camera_black", "waiting_card preparing_reference", "feed_black", goes_on, feed_heals},
    {"camera_black", by_pin, "verified", goes_on},
    {"camera_frozen", face_is_looked_at, "feed_frozen", nothing, feed_heals},
    {"camera_frozen", "waiting_card preparing_reference", "feed_frozen", goes_on, feed_heals},
    {"camera_frozen", by_pin, "verified", goes_on},
    {"camera_mute", face_is_looked_at, "camera_silent", nothing, first_frame},
    {"camera_mute", "waiting_card preparing_reference", "camera_silent", goes_on, first_frame},
    {"camera_mute", by_pin, "verified", goes_on},
    {"camera_slow", "*", "verified", goes_on},
    {"camera_unplugged", face_is_looked_at, "camera_lost no_camera", nothing},
    {"camera_unplugged", "waiting_card preparing_reference", "camera_lost no_camera", goes_on},
    {"camera_unplugged", by_pin, "verified", goes_on},
    {"camera_replugged", "*", "camera_lost no_camera", nothing},
    {"camera_replugged", "idle waiting_card waiting_method checking_pin", "verified", goes_on},
    // the face's thread is at the photograph, or still opens the camera
    {"camera_replugged", "preparing_reference", "verified camera_lost no_camera", goes_on},
    {"camera_error", face_is_looked_at, "camera_error", nothing},
    {"camera_error", "waiting_card preparing_reference", "camera_error", goes_on},
    {"camera_error", by_pin, "verified", goes_on},

    {"caller_gone", "*", "caller_gone", nothing},
    {"caller_cancels", "*", "cancelled", nothing},
    {"caller_garbage", "*", "verified", goes_on}, // read when the call before it is answered
    {"second_caller", "*", "verified", goes_on},
    {"second_caller", "idle", "busy", nothing}, // then the other one was first
    {"watch_flood", "*", "verified", goes_on},
    {"half_messages", "*", "verified", goes_on},
    {"deadline_passes", "*", "timeout", nothing, 0, 2500},
    {"deadline_passes", "idle", "access_number_missing timeout",
     nothing}, // as far as it came in half a second
    {"deadline_passes", "waiting_card", "no_card", nothing, 0, 2500},
    {"deadline_passes", "waiting_access_number", "access_number_missing", nothing, 0, 2500},
    {"deadline_passes", "preparing_reference", "timeout", nothing, 0, 2000},
    {"deadline_passes", "capturing_face", "feed_black", nothing, 0, 2500},
    {"deadline_passes", "waiting_method", "method_missing", nothing, 0, 2500},

    {"daemon_paused", "*", "verified", goes_on},
    {"daemon_ended", "*", "shutting_down", nothing},
    {"daemon_ended", "idle", "shutting_down lost", nothing},
    {"daemon_killed", "*", "lost", nothing},
    {"daemon_reloaded", "*", "verified", goes_on},
    {"daemon_reloaded", "idle", "verified shutting_down lost", nothing}, // between two lives nobody listens
    {"configuration_broken", "*", "verified", goes_on},
    {"photo_worker_killed", "*", "verified", goes_on},
    {"photo_worker_killed", "preparing_reference", "photo_decoder_failed", nothing},
    {"photo_worker_stopped", "*", "verified", goes_on},
    {"photo_worker_stopped", by_face_before_reference, "photo_decoder_timeout", goes_on, photo_budget},
    {"photo_worker_stopped", "waiting_card", "photo_decoder_timeout", goes_on, photo_budget},
    {"photo_worker_stopped", "preparing_reference", "photo_decoder_timeout", nothing, photo_budget},
    {"record_replaced", "*", "audit_unwritable", goes_on, rest_of_visit},
    {"record_replaced", "idle waiting_card waiting_method", "audit_unwritable", goes_on},
    {"record_replaced", "reading_card waiting_access_number", "audit_unwritable", goes_on},
    {"disk_full", "*", "verified", goes_on},                     // what it needs was set aside when it began
    {"disk_full", "idle", "verified audit_unwritable", nothing}, // set aside by the one before, or not
    {"disk_read_only", "*", "audit_unwritable", goes_on},
    // the record is open already; its head, and the next visit, are what fails
    {"disk_read_only", "reading_photo preparing_reference capturing_face checking_pin", "verified", goes_on},
};

} // namespace

bool has_word(std::string_view words, std::string_view word) {
    return std::ranges::any_of(words | std::views::split(' '),
                               [&](const auto& one) { return std::string_view(one) == word; });
}

const Expectation& expectation_of(std::string_view fault, std::string_view stage) {
    const Expectation* found = nullptr;
    for (const auto& line : table) {
        if (line.fault == fault && (line.stages == "*" || has_word(line.stages, stage)))
            found = &line;
    }
    if (found == nullptr)
        throw std::runtime_error("nothing is expected of " + std::string(fault) + " in " +
                                 std::string(stage));
    return *found;
}

} // namespace kaomon::test
