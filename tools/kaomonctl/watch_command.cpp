// kaomonctl watch: one line for every change at the desk, until interrupted.
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/commands.hpp"

#include <boost/json/value.hpp>

#include <array>
#include <ctime>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;

std::string line_of(Language language, const json::object& status) {
    std::array<char, 16> clock{};
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    std::strftime(clock.data(), clock.size(), "%H:%M:%S", localtime_r(&now, &local));
    const json::value* present = status.if_contains("card_present");
    const bool card = present != nullptr && present->is_bool() && present->get_bool();
    std::string line = std::string(clock.data()) + "  " +
                       std::string(state_text(language, text_at(status, "state"))) + ", " +
                       std::string(card ? say(language, "カードあり", "card on the reader")
                                        : say(language, "カードなし", "no card"));
    for (const char* key : {"reader_fault", "alarm", "camera_fault"}) {
        if (const auto* message = object_at(status, key))
            line += ", " + message_text(language, *message);
    }
    return line;
}

int watch(const Common& common) {
    auto client = Client::connect(common.socket);
    if (!client)
        return unreachable(common, client.error());
    (void)client->send("org.kaomon.Device.Watch", {}, true);
    while (true) {
        const auto reply = client->receive(std::nullopt);
        if (!reply)
            return unreachable(common, reply.error());
        if (!(*reply)->error.empty())
            return refused(common, common.json, **reply);
        const json::object* status = object_at((*reply)->parameters, "status");
        if (status == nullptr)
            continue;
        if (common.json) {
            print_json(*status);
        } else {
            print_line(line_of(common.language(), *status));
        }
        if (!(*reply)->continues)
            return exit_ok;
    }
}

} // namespace

void add_watch(Commands& commands) {
    commands.add("watch", "a line for every change at the desk, until interrupted",
                 [&common = commands.common] { return watch(common); });
}

} // namespace kaomon::kaomonctl
