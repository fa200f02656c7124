#include "proto/reason.hpp"
#include "tools/doctor/doctor.hpp"

#include <boost/json/array.hpp>
#include <unistd.h>

namespace kaomon::doctor {
namespace {

namespace json = boost::json;

Finding rights(const std::filesystem::path& socket, bool has) {
    return {"rights",
            {"ソケットを使う権限", "right to use the socket"},
            has ? Standing::good : Standing::failed,
            {"このユーザーが使える", "this user may"},
            has ? Text{"使えます", "yes"}
                : Text{"使えません（" + socket.string() + "）", "no: " + socket.string()},
            has ? Text{}
                : Text{"sudo usermod -aG kaomon ユーザー名 を実行し、ログインし直してください。",
                       "sudo usermod -aG kaomon USER, then log in again"}};
}

} // namespace

Finding of_message(const char* part, Text name, const json::object& message, Standing standing) {
    const auto* word = message.if_contains("word");
    const auto reason = word != nullptr && word->is_string()
                            ? from_word<Reason>(std::string_view(word->get_string()))
                            : std::nullopt;
    const auto text = [&](std::string_view key) {
        const auto* value = message.if_contains(key);
        return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
    };
    const Text seen{text("ja"), text("en") + (reason ? " (" + std::string(kaomon::word(*reason)) + ")" : "")};
    return {part,
            std::move(name),
            standing,
            {"異常なし", "none"},
            seen,
            {"「" + seen.ja + "」を直してください。記録: journalctl -u kaomond",
             "mend that; the journal has more: journalctl -u kaomond"}};
}

void look_at_service(const Subject& subject, std::vector<Finding>& found) {
    const auto& socket = subject.socket;
    std::error_code error;
    const bool there = std::filesystem::exists(socket, error);
    if (there || error)
        found.push_back(rights(socket, !error && access(socket.c_str(), R_OK | W_OK) == 0));
    const bool answers = subject.told.has_value();
    Finding service{"service",
                    {"顔門のサービス", "service kaomond"},
                    answers ? Standing::good : Standing::failed,
                    {"答える", "answers"},
                    answers ? Text{"答えます", "answers"}
                    : there ? Text{"答えません", "does not answer"}
                            : Text{"動いていません（" + socket.string() + " がありません）",
                                   "is not running: no " + socket.string()},
                    {}};
    if (!answers && found.size() == 1 && found.front().standing == Standing::failed)
        service.standing = Standing::not_checkable; // who may not ask, does not know
    else if (!answers)
        service.ask = {
            "sudo systemctl restart kaomond を実行し、journalctl -u kaomond の最後の行を見てください。",
            "sudo systemctl restart kaomond, then read the end of journalctl -u kaomond"};
    found.push_back(std::move(service));
}

void look_at_told(const Told& told, std::vector<Finding>& found) {
    const auto* troubles = told.status.if_contains("troubles");
    if (troubles != nullptr && troubles->is_array()) {
        for (const json::value& one : troubles->get_array()) {
            if (one.is_object())
                found.push_back(of_message("trouble", {"装置の異常", "trouble that the device reports"},
                                           one.get_object(), Standing::failed));
        }
    }
    const auto* warnings = told.info.if_contains("warnings");
    if (warnings == nullptr || !warnings->is_array())
        return;
    for (const json::value& one : warnings->get_array()) {
        if (!one.is_string())
            continue;
        const std::string sentence(one.get_string());
        found.push_back({"warning",
                         {"装置の注意", "warning of the device"},
                         Standing::attention,
                         {"なし", "none"},
                         {"設置した業者向け: " + sentence, sentence},
                         {"設置した業者に伝えてください。", "see kaomond.toml(5)"}});
    }
}

} // namespace kaomon::doctor
