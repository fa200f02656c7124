// The gateway, where the configuration lets one speak for its peers: does it run, and has it its pages?
#include "drivers/base/text_file.hpp"
#include "tools/doctor/doctor.hpp"
#include "tools/words/trouble.hpp"

namespace kaomon::doctor {
namespace {

constexpr std::size_t largest_index = 64 * 1024; // bytes

Finding answer_of(const Gateway& gateway) {
    Finding one{"gateway",
                {"ゲートウェイ", "gateway"},
                gateway.health == 200 ? Standing::good : Standing::failed,
                {"動いていて顔門につながる", "runs and reaches kaomond"},
                {"動いています", "runs and reaches kaomond"},
                {}};
    if (!gateway.health) {
        one.seen = {"動いていません", "is not running"};
        one.ask = {"sudo systemctl restart kaomon-gateway を実行してください。使わないなら sudo kaomonctl "
                   "gateway disable。",
                   "sudo systemctl restart kaomon-gateway; not wanted: sudo kaomonctl gateway disable"};
    } else if (gateway.health != 200) {
        one.seen = {"顔門につながりません", "does not reach kaomond"};
        one.ask = {"journalctl -u kaomon-gateway の最後の行を見てください。",
                   "read the end of journalctl -u kaomon-gateway"};
    }
    return one;
}

Finding pages_of(const std::filesystem::path& folder) {
    std::error_code error;
    const bool there = std::filesystem::exists(folder / "patient.html", error);
    return {"pages",
            {"画面のファイル", "pages"},
            there ? Standing::good : Standing::failed,
            {"ある", "are there"},
            there ? Text{"あります", "are there"}
                  : Text{folder.string() + " に patient.html がありません",
                         "no patient.html in " + folder.string()},
            there ? Text{}
                  : Text{"パッケージ kaomon を入れ直してください。", "install the package kaomon again"}};
}

// Without them the screen is silent, which a patient who does not see it would notice first.
Finding speech_of(const std::filesystem::path& folder) {
    const auto index = read_text_file(folder / "assets/speech/index.json", largest_index);
    const bool speaks = index && index->find("\"ja\"") != std::string::npos;
    return {"speech",
            {"画面の音声", "spoken sentences"},
            speaks ? Standing::good : Standing::attention,
            {"ある", "are there"},
            speaks ? Text{"あります", "are there"}
                   : Text{"ありません。画面は声を出しません", "none: the screen is silent"},
            speaks ? Text{}
                   : Text{"packaging/build-deb --speech で作ったパッケージを入れてください。",
                          "install a package made with packaging/build-deb --speech"}};
}

} // namespace

void look_at_gateway(const Gateway& gateway, std::vector<Finding>& found) {
    if (!gateway.settings) {
        found.push_back({"gateway_config",
                         {"ゲートウェイの設定", "configuration of the gateway"},
                         Standing::failed,
                         {"読める", "can be loaded"},
                         trouble_of(gateway.settings.error()).what,
                         {"名前の挙がった行を直してください。", "mend the line that is named"}});
        return;
    }
    found.push_back(answer_of(gateway));
    found.push_back(pages_of(gateway.settings->pages));
    found.push_back(speech_of(gateway.settings->pages));
}

} // namespace kaomon::doctor
