// A command-line program made of commands: each group of them is added by a file of its own. kaomonctl and
// kaomon-clinic are such programs.
#pragma once

#include "tools/command/exit_meaning.hpp"
#include "tools/command/japanese.hpp"
#include "tools/command/print.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace kaomon::command {

// A command that this program had once.
struct Moved {
    std::string_view word, program; // which has it now
    std::string_view now;           // what to type instead
};

struct Program {
    Text description;
    const char* version;
    const char* language_help; // of --lang: which language it is without
    std::span<const ExitMeaning> exits;
    std::span<const Sentence> japanese; // of --help
    std::span<const Moved> moved = {};
};

class Commands {
  public:
    // `options.program` names it. Both must outlive this.
    Commands(const Program& program, Options& options);

    // `act` returns an ExitCode; it runs when this command was chosen. Without a parent: a command of the
    // program itself.
    CLI::App* add(const char* name, const char* help, std::function<int()> act, CLI::App* parent = nullptr);
    // A word with commands of its own below it, e.g. `introduce`; one of them is required.
    CLI::App* add_group(const char* name, const char* help);
    CLI::App& app() noexcept { return app_; }

    // Parses and does what was asked for: the exit code.
    int run(int argc, char** argv);

  private:
    const Moved* moved_among(std::span<char* const> arguments) const;
    int wrong_usage(const CLI::ParseError& error);

    const Program& program_;
    Options& options_;
    CLI::App app_;
    std::function<int()> chosen_;
};

// What a program says of itself, for its package; run() adds them last.
void add_completion(Commands& commands, const std::string& program);
void add_manual(Commands& commands, const std::string& program, std::span<const ExitMeaning> exits);

// main() around `run`: an exception is a line on standard error and exit_usage, a closed pipe ends it.
int guarded(const char* program, const std::function<int()>& run);

} // namespace kaomon::command
