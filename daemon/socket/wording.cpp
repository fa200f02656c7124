#include "daemon/socket/wording.hpp"

#include "daemon/result/base64url.hpp"
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

template<Worded E>
json::array texts(const std::vector<E>& given) {
    json::array made;
    for (const E one : given)
        made.emplace_back(word(one));
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

json::array warnings_of(const std::vector<card::mynumber::Warning>& given) {
    json::array warnings;
    for (const auto& warning : given) {
        json::object one{{"reason", message_of(warning.reason)}};
        if (warning.day)
            one["day"] = card::mynumber::iso_day(*warning.day);
        warnings.push_back(std::move(one));
    }
    return warnings;
}

void add_tries(json::object& made, const auto& view) {
    if (view.tries_left)
        made["tries_left"] = std::int64_t{*view.tries_left};
    if (view.pin_tries_left)
        made["pin_tries_left"] = std::int64_t{*view.pin_tries_left};
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
    add_tries(made, update);
    if (!update.methods.empty())
        made["methods"] = texts(update.methods);
    if (update.retry_after)
        made["retry_after_ms"] = update.retry_after->count();
    if (!update.warnings.empty())
        made["warnings"] = warnings_of(update.warnings);
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
    made["attributes"] = texts(info.attributes);
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
    made["card_present"] = view.card_present;
    if (view.alarm)
        made["alarm"] = message_of(*view.alarm);
    add_tries(made, view);
    if (!view.methods.empty())
        made["methods"] = texts(view.methods);
    if (!view.attributes.empty())
        made["attributes"] = texts(view.attributes);
    if (!view.requester.empty())
        made["requester"] = view.requester;
    if (view.decision)
        made["decision"] = word(*view.decision);
    made["help"] = view.help;
    if (!view.clinic.empty())
        made["clinic"] = view.clinic;
    if (view.purpose) {
        json::object purpose{{"word", view.purpose->word}};
        if (!view.purpose->sentence.empty())
            purpose["sentence"] = view.purpose->sentence;
        made["purpose"] = std::move(purpose);
    }
    if (view.light) {
        const auto& [number, colour] = *view.light;
        made["light"] = json::object{{"step", std::int64_t{number}},
                                     {"red", std::int64_t{colour.red}},
                                     {"green", std::int64_t{colour.green}},
                                     {"blue", std::int64_t{colour.blue}}};
    }
    return made;
}

json::object preview_of(const visit::PreviewFrame& frame) {
    json::object made;
    if (frame.jpeg.empty())
        return made;
    made["jpeg"] = result::to_base64(frame.jpeg);
    if (frame.face)
        made["face"] = json::object{{"left", frame.face->left},
                                    {"top", frame.face->top},
                                    {"width", frame.face->width()},
                                    {"height", frame.face->height()}};
    return made;
}

json::object staff_view_of(const session::StaffView& view, const std::vector<std::string>& staff) {
    json::object made;
    made["state"] = word(view.state);
    if (view.hint)
        made["hint"] = message_of(*view.hint);
    made["methods"] = texts(view.methods);
    add_tries(made, view);
    if (view.retry_after)
        made["retry_after_ms"] = view.retry_after->count();
    if (view.card_expiry)
        made["card_expiry"] = card::mynumber::iso_day(*view.card_expiry);
    json::array earlier;
    for (const auto& one : view.earlier)
        earlier.push_back(json::object{{"method", word(one.method)}, {"reason", message_of(one.reason)}});
    made["earlier"] = std::move(earlier);
    made["warnings"] = warnings_of(view.warnings);
    if (!view.attributes.empty())
        made["attributes"] = texts(view.attributes);
    if (view.consent)
        made["consent"] = *view.consent;
    if (!view.purpose.empty())
        made["purpose"] = view.purpose;
    made["help"] = view.help;
    made["staff"] = texts(staff);
    if (view.last)
        made["last"] = json::object{{"decision", word(view.last->decision)},
                                    {"method", word(view.last->method)},
                                    {"reason", message_of(view.last->reason)}};
    return made;
}

std::string farewell(Reason reason, std::string_view detail) {
    json::object parameters;
    parameters["reason"] = message_of(reason);
    parameters["detail"] = detail;
    return encode_error("org.kaomon.Device.Disconnected", std::move(parameters));
}

} // namespace kaomon::socket
