// PROGRAM completion: a bash completion script, made of the very commands and options there are.
#include "tools/command/commands.hpp"

#include <algorithm>
#include <set>

namespace kaomon::command {
namespace {

// "TEXT:{en,ja}" as "en ja"; empty where any value may stand.
std::string choices(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    const auto open = type.find('{'), close = type.find('}');
    if (open == type.npos || close == type.npos || close < open)
        return {};
    std::string words = type.substr(open + 1, close - open - 1);
    std::ranges::replace(words, ',', ' ');
    return words;
}

bool takes_value(const CLI::Option& option) {
    return option.get_items_expected_max() > 0;
}

struct Script {
    std::string paths;  // `case` arms: command path and word to path
    std::string offers; // `case` arms: path to words
    std::string values; // `case` arms: option to values
    std::set<std::string> seen;

    void walk(const CLI::App& app, const std::string& path, const std::string& inherited) {
        std::string options, commands;
        for (const CLI::Option* option : app.get_options()) {
            if (option->get_positional() && !choices(*option).empty())
                options += " " + choices(*option);
            for (const std::string& name : option->get_lnames()) {
                options += " --" + name;
                if (!takes_value(*option) || !seen.insert(name).second)
                    continue;
                const std::string words = choices(*option);
                values += "        --" + name + ") " +
                          (words.empty()
                               ? "mapfile -t COMPREPLY < <(compgen -f -- \"$current\")"
                               : "mapfile -t COMPREPLY < <(compgen -W \"" + words + "\" -- \"$current\")") +
                          "; return ;;\n";
            }
        }
        for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
            commands += " " + sub->get_name();
            const std::string below = path.empty() ? sub->get_name() : path + "/" + sub->get_name();
            paths += "            '" + path + " " + sub->get_name() + "') path=" + below + " ;;\n";
            walk(*sub, below, path.empty() ? options : inherited); // those of the program itself go anywhere
        }
        offers += "        '" + path + "') offered='" +
                  (commands + options + (path.empty() ? "" : inherited)).substr(1) + "' ;;\n";
    }
};

int completion(const CLI::App& app, const std::string& program) {
    Script script;
    script.walk(app, "", "");
    std::string function = "_" + program;
    std::ranges::replace(function, '-', '_');
    print_line("# bash completion for " + program + ", made by `" + program + " completion`\n" + function +
               "() {\n"
               "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} word "
               "path= offered=\n"
               "    case $previous in\n" +
               script.values +
               "    esac\n"
               "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
               "        case \"$path $word\" in\n" +
               script.paths +
               "        esac\n"
               "    done\n"
               "    case $path in\n" +
               script.offers +
               "    esac\n"
               "    mapfile -t COMPREPLY < <(compgen -W \"$offered\" -- \"$current\")\n"
               "}\n"
               "complete -o default -F " +
               function + " " + program);
    return exit_ok;
}

} // namespace

void add_completion(Commands& commands, const std::string& program) {
    commands.add("completion", "print a bash completion script",
                 [&commands, program] { return completion(commands.app(), program); });
}

} // namespace kaomon::command
