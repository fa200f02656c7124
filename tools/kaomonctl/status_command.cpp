// kaomonctl status: what the device is and what stands on it now.
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/commands.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;

void print_status(Language language, const json::object& info, const json::object& status) {
    const auto line = [&](std::string_view japanese, std::string_view english, const std::string& value) {
        if (!value.empty())
            print_line(std::string(say(language, japanese, english)) + value);
    };
    const auto or_none = [&](std::string_view text) {
        return std::string(text.empty() ? say(language, "なし", "none") : text);
    };
    const auto fault = [&](std::string_view key) {
        const auto* message = object_at(status, key);
        return message == nullptr ? std::string() : message_text(language, *message);
    };
    line("装置      ", "device    ",
         std::string(text_at(info, "issuer")) + "  kaomond " + std::string(text_at(info, "version")));
    line("状態      ", "state     ", std::string(state_text(language, text_at(status, "state"))));
    line("リーダー  ", "reader    ", or_none(text_at(status, "reader")));
    line("          ", "          ", fault("reader_fault"));
    const json::value* present = status.if_contains("card_present");
    const bool card = present != nullptr && present->is_bool() && present->get_bool();
    line("カード    ", "card      ",
         std::string(card ? say(language, "あり", "on the reader") : say(language, "なし", "none")));
    line("          ", "          ", fault("alarm"));
    line("カメラ    ", "camera    ", or_none(text_at(status, "camera")));
    line("          ", "          ", fault("camera_fault"));
    if (const auto* troubles = status.if_contains("troubles"); troubles != nullptr && troubles->is_array()) {
        for (const json::value& one : troubles->get_array()) { // before the first patient meets it
            if (const auto* message = one.if_object())
                line("直すこと  ", "TROUBLE   ", message_text(language, *message));
        }
    }
    line("確認方法  ", "methods   ", list_at(language, info, "methods"));
    if (const auto* policy = object_at(info, "policy")) {
        const std::string name(term(language, text_at(*policy, "name")));
        line("判定基準  ", "policy    ",
             language == Language::japanese ? name
                                            : name + " (" + std::string(text_at(*policy, "evidence")) + ")");
    }
    if (const std::string simulated = list_at(language, info, "simulated"); !simulated.empty())
        line("模擬      ", "SIMULATED ",
             simulated + std::string(say(language, "（実際の患者には使えません）",
                                         " (not valid for any real patient)")));
    const auto* warnings = info.if_contains("warnings");
    if (warnings == nullptr || !warnings->is_array() || warnings->get_array().empty())
        return;
    if (language == Language::japanese) { // English sentences for whoever installs
        line("注意      ", "",
             "設置した業者向けの注意が " + std::to_string(warnings->get_array().size()) +
                 " 件あります（kaomonctl --lang en status）");
        return;
    }
    for (const json::value& warning : warnings->get_array())
        line("", "warning   ",
             std::string(warning.is_string() ? std::string_view(warning.get_string()) : ""));
}

int status(const Common& common) {
    auto client = Client::connect(common.socket);
    if (!client)
        return unreachable(common, client.error());
    json::object parts;
    for (const char* method : {"org.kaomon.Device.GetInfo", "org.kaomon.Device.Watch"}) {
        auto reply = client->call(method);
        if (!reply)
            return unreachable(common, reply.error());
        if (!reply->error.empty())
            return refused(common, common.json, *reply);
        parts[method] = std::move(reply->parameters);
    }
    const json::object& info = parts["org.kaomon.Device.GetInfo"].get_object();
    const json::object* now = object_at(parts["org.kaomon.Device.Watch"].get_object(), "status");
    if (now == nullptr)
        return unreachable(common, "the daemon told no status");
    if (common.json) {
        print_json({{"info", info}, {"status", *now}});
    } else {
        print_status(common.language(), info, *now);
    }
    return exit_ok;
}

} // namespace

void add_status(Commands& commands) {
    commands.add("status", "what the device is and what stands on it now",
                 [&common = commands.common] { return status(common); });
}

} // namespace kaomon::kaomonctl
