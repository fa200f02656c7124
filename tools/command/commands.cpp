#include "tools/command/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <utility>

namespace kaomon::command {
namespace {

std::string exit_codes(std::span<const ExitMeaning> exits, Language language) {
    std::string text(say(language, "終わり方の番号:\n", "Exit codes:\n"));
    for (const ExitMeaning& one : exits)
        text += "  " + std::to_string(one.code) + "  " + std::string(say(language, one.ja, one.en)) + "\n";
    return text;
}

std::string footer(const Program& program, const std::string& name, Language language) {
    return exit_codes(program.exits, language) +
           (language == Language::japanese ? "\nくわしくは " + name + "(1)。" : "\nSee " + name + "(1).");
}

} // namespace

Commands::Commands(const Program& program, Options& options)
    : program_(program), options_(options), app_(program.description.en, options.program) {
    app_.set_version_flag("--version", options.program + " " + program.version);
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.footer(footer(program, options.program, Language::english));
    app_.add_option_function<std::string>(
            "--lang",
            [&options](const std::string& word) {
                options.chosen = word == "ja" ? Language::japanese : Language::english;
            },
            program.language_help)
        ->check(CLI::IsMember({"en", "ja"}));
}

CLI::App* Commands::add(const char* name, const char* help, std::function<int()> act, CLI::App* parent) {
    CLI::App* sub = (parent == nullptr ? &app_ : parent)->add_subcommand(name, help);
    sub->add_flag("--json", options_.json, "JSON instead of sentences");
    sub->fallthrough();
    sub->callback([this, act = std::move(act)] { chosen_ = act; });
    return sub;
}

CLI::App* Commands::add_group(const char* name, const char* help) {
    CLI::App* group = app_.add_subcommand(name, help);
    group->require_subcommand(1);
    group->fallthrough();
    return group;
}

// The first word that is no option and no value of one, where it is a command of earlier days.
const Moved* Commands::moved_among(std::span<char* const> arguments) const {
    bool value = true; // the program's own name
    for (const std::string argument : arguments) {
        if (std::exchange(value, false) || argument.starts_with('-')) {
            const CLI::Option* option = app_.get_option_no_throw(argument);
            value = option != nullptr && option->get_items_expected_max() > 0;
            continue;
        }
        const auto named = [&](const CLI::App* sub) { return sub->get_name() == argument; };
        if (!app_.get_subcommands(named).empty())
            return nullptr;
        const auto moved = std::ranges::find(program_.moved, argument, &Moved::word);
        if (moved != program_.moved.end())
            return &*moved;
    }
    return nullptr;
}

int Commands::run(int argc, char** argv) {
    add_completion(*this, options_.program);
    add_manual(*this, options_.program, program_.exits);
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    const auto asked = language_of_arguments(arguments);
    const Language language = asked.value_or(options_.usual);
    if (const Moved* moved = moved_among(arguments)) {
        options_.chosen = language;
        print_error(options_,
                    language == Language::japanese
                        ? fmt::format("{} は {} に移りました。{} を使ってください。", moved->word,
                                      moved->program, moved->now)
                        : fmt::format("{} has moved to {}: use {}", moved->word, moved->program, moved->now));
        return exit_usage;
    }
    const bool manual = argc > 1 && std::string_view(argv[1]) == "manual"; // the page is English
    if (language == Language::japanese && (asked || !manual))
        put_into_japanese(app_, program_.description.ja,
                          footer(program_, options_.program, Language::japanese), program_.japanese);
    try {
        app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        options_.chosen = language; // it may stand behind what was wrong
        return wrong_usage(error);
    }
    return chosen_();
}

int Commands::wrong_usage(const CLI::ParseError& error) {
    if (error.get_exit_code() == 0 || options_.language() == Language::english)
        return app_.exit(error) == 0 ? exit_ok : exit_usage;
    const auto unknown = app_.remaining(true);
    return usage(options_, unknown.empty() || app_.get_subcommands().size() == 1
                               ? usage_error_in_japanese(error)
                               : "知らない命令です: " + unknown.front());
}

int guarded(const char* program, const std::function<int()>& run) {
    std::signal(SIGPIPE, SIG_DFL);
    try {
        return run();
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "%s: %s\n", program, fault.what());
        return exit_usage;
    }
}

} // namespace kaomon::command
