#include "tools/command/findings.hpp"

#include "tools/command/print.hpp"

namespace kaomon::command {

boost::json::array findings_json(std::span<const Finding> findings, Language language) {
    boost::json::array all;
    for (const Finding& one : findings)
        all.push_back(boost::json::object{{"check", one.word},
                                          {"name", say(language, one.name)},
                                          {"state", word(one.standing)},
                                          {"expected", say(language, one.expected)},
                                          {"seen", say(language, one.seen)},
                                          {"ask", say(language, one.ask)}});
    return all;
}

void print_findings(std::span<const Finding> findings, Language language) {
    for (const Finding& one : findings) {
        print_line("[" + say(language, standing_text(one.standing)) + "] " + say(language, one.name) + ": " +
                   say(language, one.seen) + std::string(say(language, "（期待: ", " (expected: ")) +
                   say(language, one.expected) + std::string(say(language, "）", ")")));
        if (!one.ask.ja.empty())
            print_line("      " + say(language, one.ask));
    }
}

} // namespace kaomon::command
