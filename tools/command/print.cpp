#include "tools/command/print.hpp"

#include "tools/command/japanese.hpp"

#include <boost/json/serialize.hpp>

#include <cstdio>

namespace kaomon::command {

void print_line(std::string_view line) {
    std::printf("%.*s\n", static_cast<int>(line.size()), line.data());
    std::fflush(stdout);
}

void print_json(const boost::json::object& object) {
    print_line(boost::json::serialize(object));
}

void print_error(const Options& options, std::string_view line) {
    std::fprintf(stderr, "%s: %.*s\n", options.program.c_str(), static_cast<int>(line.size()), line.data());
}

int usage(const Options& options, std::string_view trouble) {
    const Language language = options.language();
    const std::string clause = language == Language::japanese ? clause_in_japanese(trouble) : std::string();
    print_error(options, clause.empty() ? trouble : clause);
    print_error(options, std::string(say(language, "使い方: ", "see ")) + options.program + " --help");
    return exit_usage;
}

int failed(const Options& options, const Trouble& trouble) {
    if (options.json)
        print_json({{"error", trouble.word},
                    {"ja", trouble.what.ja},
                    {"en", trouble.what.en},
                    {"next", {{"ja", trouble.next.ja}, {"en", trouble.next.en}}}});
    print_error(options, say(options.language(), trouble.what));
    if (const auto& next = say(options.language(), trouble.next); !next.empty())
        print_error(options, next);
    return trouble.code;
}

} // namespace kaomon::command
