// kaomonctl: what all subcommands share, and the list of them. What each does stands in a file of its own.
#include "tools/kaomonctl/commands.hpp"
#include "tools/kaomonctl/japanese.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <span>
#include <string_view>

namespace kaomon::kaomonctl {
namespace {

// Commands that speak Japanese unless told otherwise (Common::staff_language).
bool is_for_the_office(std::span<char* const> arguments) {
    for (const std::string_view word : arguments) {
        for (const std::string_view command :
             {"clinic", "choose", "network", "procure", "introduce", "certificate", "rehearse"}) {
            if (word == command)
                return true;
        }
    }
    return false;
}

int run(int argc, char** argv) {
    CLI::App app{"kaomonctl - talks to kaomond, the face-authentication card reader for My Number Cards,\n"
                 "and walks a clinic from choosing a reader to its first patient",
                 "kaomonctl"};
    app.set_version_flag("--version", std::string("kaomonctl ") + KAOMON_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(std::string(exit_codes_text) + "\nSee kaomonctl(1).");

    Common common;
    app.add_option("--socket", common.socket, "the daemon's socket")
        ->envname("KAOMON_SOCKET")
        ->capture_default_str();
    app.add_option("--folder", common.folder, "the clinic's folder (default: ~/kaomon-introduction)")
        ->envname("KAOMON_INTRODUCTION");
    app.add_option_function<Language>(
           "--lang", [&](const Language& language) { common.chosen = language; },
           "language of the sentences: ja or en (default: from LANG; for the clinic's own commands ja)")
        ->transform(CLI::Transformer(
            std::map<std::string, Language>{{"ja", Language::japanese}, {"en", Language::english}}))
        ->type_name("LANG");

    Commands commands(app, common);
    add_status(commands);
    add_watch(commands);
    add_verify(commands);
    add_screen(commands);
    add_call(commands);
    add_check_result(commands);
    add_card(commands);
    add_camera(commands);
    add_audit(commands);
    add_key(commands);
    add_clinic(commands);
    add_choose(commands);
    add_network(commands);
    add_procure(commands);
    add_introduce(commands);
    add_certificate(commands);
    add_rehearse(commands);
    add_evaluate(commands);
    add_completion(commands);
    add_manual(commands);

    const std::span arguments(argv, static_cast<std::size_t>(argc));
    const auto asked = language_of_arguments(arguments);
    const std::string_view first = argc > 1 ? argv[1] : "";
    if (asked.value_or(first == "manual" ? Language::english : language_of_environment()) ==
        Language::japanese)
        put_into_japanese(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0)
            return app.exit(error) == 0 ? exit_ok : exit_usage;
        const Language language =
            asked.value_or(is_for_the_office(arguments) ? Language::japanese : language_of_environment());
        if (language == Language::english)
            return app.exit(error) == 0 ? exit_ok : exit_usage;
        const auto unknown = app.remaining(true);
        return usage(language, unknown.empty() || app.get_subcommands().size() == 1
                                   ? usage_error_in_japanese(error)
                                   : "知らない命令です: " + unknown.front());
    }
    return commands.run();
}

} // namespace
} // namespace kaomon::kaomonctl

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_DFL);
    try {
        return kaomon::kaomonctl::run(argc, argv);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "kaomonctl: %s\n", fault.what());
        return kaomon::exit_usage;
    }
}
