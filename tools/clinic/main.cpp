// kaomon-clinic: what a clinic needs from the introduction notice to its first patient. Neither the daemon
// nor a device need be there; what each command does stands in a file of its own.
#include "tools/clinic/commands/commands.hpp"

namespace kaomon::clinic {
namespace {

constexpr command::Sentence help_in_japanese[]{
#define X(english, japanese) {english, japanese},
#include "tools/clinic/commands/help_japanese.inc"
#undef X
};

constexpr command::ExitMeaning exits[]{
    {exit_ok, "済んだ", "done"}, command::wrong_usage, command::something_found, command::device_missing};

int run(int argc, char** argv) {
    const command::Program program{
        .description = {"kaomon-clinic - 機器選びから最初の患者さんまで、医療機関の導入を案内します",
                        "kaomon-clinic - walks a clinic from choosing a reader to its first patient"},
        .version = KAOMON_VERSION,
        .language_help = "language of the sentences: ja or en (default: ja)",
        .exits = exits,
        .japanese = help_in_japanese};
    Common common;
    common.program = "kaomon-clinic";
    common.usual = Language::japanese;
    Commands commands(program, common);
    commands.app()
        .add_option("--folder", common.folder, "the clinic's folder (default: ~/kaomon-introduction)")
        ->envname("KAOMON_INTRODUCTION");
    add_profile(commands);
    add_choose(commands);
    add_network(commands);
    add_procure(commands);
    add_introduce(commands);
    add_certificate(commands);
    add_rehearse(commands);
    return commands.run(argc, argv);
}

} // namespace
} // namespace kaomon::clinic

int main(int argc, char** argv) {
    return kaomon::command::guarded("kaomon-clinic", [=] { return kaomon::clinic::run(argc, argv); });
}
