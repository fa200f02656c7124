#include "daemon/socket/wording.hpp"

#include "daemon/socket/message.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <cstdint>

namespace kaomon::socket {
namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& given) {
    json::array made;
    for (const std::string& text : given)
        made.emplace_back(text);
    return made;
}

} // namespace

json::object message_of(Reason reason) {
    const ReasonEntry& entry = describe(reason);
    json::object made;
    made["word"] = entry.word;
    made["mender"] = word(entry.mender);
    made["ja"] = entry.japanese;
    made["en"] = entry.english;
    return made;
}

json::object status_of(const session::DeviceStatus& status) {
    json::object made;
    made["state"] = session::word(status.state);
    made["reader"] = status.reader;
    if (status.reader_fault)
        made["reader_fault"] = message_of(*status.reader_fault);
    made["card_present"] = status.card_present;
    if (status.alarm)
        made["alarm"] = message_of(*status.alarm);
    made["camera"] = status.camera;
    if (status.camera_fault)
        made["camera_fault"] = message_of(*status.camera_fault);
    return made;
}

json::object update_of(const session::Update& update) {
    json::object made;
    made["session"] = update.session;
    made["state"] = session::word(update.state);
    if (update.hint)
        made["hint"] = message_of(*update.hint);
    if (update.tries_left)
        made["tries_left"] = std::int64_t{*update.tries_left};
    if (update.pin_tries_left)
        made["pin_tries_left"] = std::int64_t{*update.pin_tries_left};
    if (!update.ways.empty())
        made["ways"] = texts(update.ways);
    if (!update.warnings.empty()) {
        json::array warnings;
        for (const auto& warning : update.warnings) {
            json::object one{{"reason", message_of(warning.reason)}};
            if (warning.day)
                one["day"] = card::mynumber::iso_day(*warning.day);
            warnings.push_back(std::move(one));
        }
        made["warnings"] = std::move(warnings);
    }
    if (update.verdict) {
        json::object verdict;
        verdict["decision"] = match::word(update.verdict->decision);
        verdict["reason"] = message_of(update.verdict->reason);
        made["verdict"] = std::move(verdict);
    }
    if (update.result)
        made["result"] = *update.result;
    return made;
}

json::object info_of(const session::DeviceInfo& info) {
    json::array models;
    for (const auto& [name, sha256] : info.models)
        models.push_back(json::object{{"name", name}, {"sha256", sha256}});
    json::object made;
    made["issuer"] = info.issuer;
    made["version"] = KAOMON_VERSION;
    made["ways"] = texts(info.ways);
    made["policy"] = json::object{{"name", info.policy},
                                  {"false_match_rate", info.false_match_rate},
                                  {"evidence", info.policy_evidence}};
    made["models"] = std::move(models);
    made["simulated"] = texts(info.simulated);
    made["warnings"] = texts(info.warnings);
    return made;
}

std::string farewell(Reason reason, std::string_view detail) {
    json::object parameters;
    parameters["reason"] = message_of(reason);
    parameters["detail"] = detail;
    return encode_error("org.kaomon.Device.Disconnected", std::move(parameters));
}

} // namespace kaomon::socket
