// PROGRAM manual: the sections COMMANDS and EXIT STATUS of PROGRAM(1), made of the very commands and options
// there are. packaging/man/PROGRAM.1.in is the rest.
#include "tools/command/commands.hpp"

namespace kaomon::command {
namespace {

std::string roff(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '\\')
            safe += "\\e";
        else if (c == '-')
            safe += "\\-";
        else if ((c == '.' || c == '\'') && (safe.empty() || safe.back() == '\n'))
            safe += std::string("\\&") + c;
        else
            safe += c;
    }
    return safe;
}

std::string sentence(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    if (!text.empty() && text.back() != '.')
        text += '.';
    return text;
}

// "\-\-line" and behind it what it takes.
std::string heading_of(const CLI::Option& option) {
    std::string text = ".BI " + roff(option.get_name(option.get_positional()));
    if (option.get_items_expected_max() == 0)
        return text + "\n";
    const std::string type = option.get_type_name();
    return text + " \" " + roff(option.get_positional() ? "" : type.substr(0, type.find(':'))) + "\"\n";
}

void describe(const CLI::App& app, const std::string& name) {
    const auto below = app.get_subcommands([](const CLI::App*) { return true; });
    if (below.empty())
        print_line(".SS " + roff(name) + "\n" + roff(sentence(app.get_description())));
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_name() != "--help" && !option->check_lname("help") && below.empty())
            print_line(".TP\n" + heading_of(*option) + roff(sentence(option->get_description())));
    }
    for (const CLI::App* sub : below)
        describe(*sub, name + " " + sub->get_name());
}

int manual(const CLI::App& app, const std::string& program, std::span<const ExitMeaning> exits) {
    print_line(".SH OPTIONS OF ALL COMMANDS");
    for (const CLI::Option* option : app.get_options()) {
        if (!option->check_lname("help"))
            print_line(".TP\n" + heading_of(*option) + roff(sentence(option->get_description())));
    }
    print_line(".SH COMMANDS");
    describe(app, program);
    print_line(".SH EXIT STATUS");
    for (const ExitMeaning& one : exits)
        print_line(".TP\n.B " + std::to_string(one.code) + "\n" + roff(sentence(std::string(one.en))));
    return exit_ok;
}

} // namespace

void add_manual(Commands& commands, const std::string& program, std::span<const ExitMeaning> exits) {
    commands.add("manual", "print the manual's sections that tell the commands",
                 [&commands, program, exits] { return manual(commands.app(), program, exits); });
}

} // namespace kaomon::command
