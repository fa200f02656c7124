// kaomonctl: what all its commands share, and the list of them. What each does stands in a file of its own.
#include "tools/kaomonctl/commands.hpp"

namespace kaomon::kaomonctl {
namespace {

constexpr command::Sentence help_in_japanese[]{
#define X(english, japanese) {english, japanese},
#include "tools/kaomonctl/help_japanese.inc"
#undef X
};

constexpr command::ExitMeaning exits[]{
    {exit_ok, "済んだ。verify と check-result では、正しい署名のもとで本人と確認した",
     "done; verify and check-result: verified, under a valid signature"},
    {exit_not_verified, "正しい署名のもとで、本人と確認できなかった",
     "not verified, under a valid signature"},
    {exit_undecided, "判定していない。本人については何も言えない",
     "undecided: nothing is said about the person"},
    command::wrong_usage,
    {exit_unreachable, "kaomond につながらないか、接続が切れた",
     "the daemon cannot be reached, or closed the connection"},
    {exit_result_invalid,
     "結果を信用できない: "
     "署名、ノンス、時刻、受付のどれかが合わない。または模擬の機器がある（--allow-simulated）",
     "the result is not to be trusted: signature, nonce, time or session do not fit, or a part is simulated "
     "(--allow-simulated)"},
    {exit_refused, "kaomond が断った（使用中、許可なし、項目の誤り）",
     "the daemon refused the call (busy, not permitted, invalid parameter)"},
    command::something_found,
    command::device_missing};

constexpr command::Moved moved[]{{"choose", "kaomon-clinic", "kaomon-clinic choose"},
                                 {"network", "kaomon-clinic", "kaomon-clinic network"},
                                 {"procure", "kaomon-clinic", "kaomon-clinic procure"},
                                 {"introduce", "kaomon-clinic", "kaomon-clinic introduce"},
                                 {"certificate", "kaomon-clinic", "kaomon-clinic certificate"},
                                 {"rehearse", "kaomon-clinic", "kaomon-clinic rehearse"},
                                 {"clinic", "kaomon-clinic", "kaomon-clinic profile"}};

int run(int argc, char** argv) {
    const command::Program program{
        .description =
            {"kaomonctl - マイナンバーカードの顔認証リーダー kaomond と話します",
             "kaomonctl - talks to kaomond, the face-authentication card reader for My Number Cards"},
        .version = KAOMON_VERSION,
        .language_help = "language of the sentences: ja or en (default: from LANG)",
        .exits = exits,
        .japanese = help_in_japanese,
        .moved = moved};
    Common common;
    common.program = "kaomonctl";
    common.usual = language_of_environment();
    Commands commands(program, common);
    commands.app()
        .add_option("--socket", common.socket, "the daemon's socket")
        ->envname("KAOMON_SOCKET")
        ->capture_default_str();
    add_status(commands);
    add_doctor(commands);
    add_metrics(commands);
    add_support(commands);
    add_watch(commands);
    add_verify(commands);
    add_screen(commands);
    add_call(commands);
    add_check_result(commands);
    add_card(commands);
    add_camera(commands);
    add_audit(commands);
    add_key(commands);
    add_subject(commands);
    add_config(commands);
    add_gateway(commands);
    add_evaluate(commands);
    return commands.run(argc, argv);
}

} // namespace
} // namespace kaomon::kaomonctl

int main(int argc, char** argv) {
    return kaomon::command::guarded("kaomonctl", [=] { return kaomon::kaomonctl::run(argc, argv); });
}
