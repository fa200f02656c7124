#include "daemon/socket/wording.hpp"

#include "daemon/socket/message.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <cmath>
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

json::array texts(const std::vector<kaomon::Method>& methods) {
    json::array made;
    for (const kaomon::Method method : methods)
        made.emplace_back(word(method));
    return made;
}

json::object policy_of(const match::Policy& policy) {
    const match::Evidence& from = policy.evidence;
    return {{"name", word(policy.name)},
            {"false_match_rate", policy.false_match_rate},
            {"evidence", text(from)},
            {"score", word(policy.kind)},
            {"threshold", std::round(policy.threshold * 1e4) / 1e4},
            {"measured", json::object{{"data_set", from.data_set},
                                      {"group", from.group},
                                      {"images", std::int64_t{from.images}},
                                      {"comparisons", static_cast<std::int64_t>(from.comparisons)},
                                      {"date", from.date},
                                      {"lowest", from.lowest},
                                      {"highest", from.highest},
                                      {"extrapolated", from.extrapolated}}}};
}

json::object population_of(const match::Provenance& from) {
    json::array groups;
    for (const auto& group : from.groups)
        groups.push_back(json::object{{"name", group.name}, {"images", std::int64_t{group.images}}});
    return {{"images", std::int64_t{from.images}},
            {"groups", std::move(groups)},
            {"source", from.source},
            {"date", from.date},
            {"model", from.model}};
}

} // namespace

json::object message_of(Reason reason) {
    const ReasonEntry& entry = describe(reason);
    json::object made;
    made["word"] = entry.word;
    made["who_can_act"] = word(entry.who_can_act);
    made["ja"] = entry.japanese;
    made["en"] = entry.english;
    return made;
}

json::object status_of(const session::DeviceStatus& status) {
    json::object made;
    made["state"] = word(status.state);
    made["reader"] = status.reader;
    if (status.reader_fault)
        made["reader_fault"] = message_of(*status.reader_fault);
    made["card_present"] = status.card_present;
    if (status.alarm)
        made["alarm"] = message_of(*status.alarm);
    made["camera"] = status.camera;
    if (status.camera_fault)
        made["camera_fault"] = message_of(*status.camera_fault);
    json::array troubles;
    for (const Reason trouble : status.troubles)
        troubles.push_back(message_of(trouble));
    made["troubles"] = std::move(troubles);
    return made;
}

json::object update_of(const session::Update& update) {
    json::object made;
    made["session"] = update.session;
    made["state"] = word(update.state);
    if (update.hint)
        made["hint"] = message_of(*update.hint);
    if (update.tries_left)
        made["tries_left"] = std::int64_t{*update.tries_left};
    if (update.pin_tries_left)
        made["pin_tries_left"] = std::int64_t{*update.pin_tries_left};
    if (!update.methods.empty())
        made["methods"] = texts(update.methods);
    if (update.retry_after)
        made["retry_after_ms"] = update.retry_after->count();
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
        verdict["decision"] = word(update.verdict->decision);
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
    made["methods"] = texts(info.methods);
    made["policy"] = policy_of(info.policy);
    made["models"] = std::move(models);
    made["simulated"] = texts(info.simulated);
    made["warnings"] = texts(info.warnings);
    if (info.population)
        made["population"] = population_of(*info.population);
    return made;
}

json::object screen_view_of(const session::ScreenId& screen, const session::ScreenView& view) {
    json::object made;
    made["screen"] = screen;
    made["state"] = word(view.state);
    if (view.hint)
        made["hint"] = message_of(*view.hint);
    if (view.light) {
        const auto& [number, colour] = *view.light;
        made["light"] = json::object{{"step", std::int64_t{number}},
                                     {"red", std::int64_t{colour.red}},
                                     {"green", std::int64_t{colour.green}},
                                     {"blue", std::int64_t{colour.blue}}};
    }
    return made;
}

std::string farewell(Reason reason, std::string_view detail) {
    json::object parameters;
    parameters["reason"] = message_of(reason);
    parameters["detail"] = detail;
    return encode_error("org.kaomon.Device.Disconnected", std::move(parameters));
}

} // namespace kaomon::socket
