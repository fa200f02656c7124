// The subcommands: each group of them is added by a file of its own.
#pragma once

#include "tools/kaomonctl/words.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <optional>
#include <string>

namespace kaomon::kaomonctl {

struct Common {
    std::string socket = "/run/kaomon/kaomon.sock";
    std::optional<Language> chosen; // --lang
    std::string folder;             // of the clinic; empty: clinic::Folder::usual()
    bool json = false;              // lines of JSON instead of sentences

    // Of the commands that talk to the daemon: engineers use them too.
    Language language() const { return chosen.value_or(language_of_environment()); }
    // Of the commands of the introduction: they are for the clinic's office.
    Language staff_language() const { return chosen.value_or(Language::japanese); }
};

class Commands {
  public:
    Commands(CLI::App& app, Common& options) : common(options), app_(app) {}

    Common& common;

    // `act` returns an ExitCode; it runs when this command was chosen. Without a parent: a command of
    // kaomonctl itself.
    CLI::App* add(const char* name, const char* help, std::function<int()> act, CLI::App* parent = nullptr);
    // A word with commands of its own below it, e.g. `introduce`; one of them is required.
    CLI::App* add_group(const char* name, const char* help);
    const CLI::App& app() const noexcept { return app_; }
    int run() const { return chosen_(); }

  private:
    CLI::App& app_;
    std::function<int()> chosen_;
};

// What the daemon does.
void add_status(Commands& commands);
void add_watch(Commands& commands);
void add_verify(Commands& commands);
void add_screen(Commands& commands);
void add_call(Commands& commands);
void add_check_result(Commands& commands);
void add_card(Commands& commands);
void add_camera(Commands& commands);
void add_audit(Commands& commands);
void add_key(Commands& commands);
// From the notice to the first patient.
void add_clinic(Commands& commands);
void add_choose(Commands& commands);
void add_network(Commands& commands);
void add_procure(Commands& commands);
void add_introduce(Commands& commands);
void add_certificate(Commands& commands);
void add_rehearse(Commands& commands);
// How well it does, measured.
void add_evaluate(Commands& commands);

// What it says of itself, for the package.
void add_completion(Commands& commands);
void add_manual(Commands& commands);

} // namespace kaomon::kaomonctl
