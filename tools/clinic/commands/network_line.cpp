#include "tools/clinic/commands/network_line.hpp"

#include <fstream>
#include <iterator>

namespace kaomon::clinic {
namespace {

using network::Expectation;

Outcome<std::vector<Expectation>> expectations_of(const std::string& file) {
    if (file.empty())
        return network::built_in();
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return trouble(exit_usage, "expectations_invalid",
                       {file + " を開けません。", file + " cannot be opened"},
                       {"ファイルの場所を確かめてください。", "look at the file's place"});
    return network::parse(std::string(std::istreambuf_iterator<char>(in), {}));
}

} // namespace

Outcome<Expectation> line_of(const NetworkOptions& options, const clinic::Profile& profile) {
    const auto all = expectations_of(options.expect);
    if (!all)
        return std::unexpected(all.error());
    const std::string wanted = options.line.empty() ? profile["network.line"] : options.line;
    std::string known;
    for (const Expectation& one : *all) {
        if (one.line == wanted || (wanted.empty() && all->size() == 1))
            return one;
        known += (known.empty() ? "" : ", ") + one.line;
    }
    return trouble(
        exit_usage, "unknown_line",
        wanted.empty()
            ? Text{"回線の種類がまだ決まっていません。", "the type of line is not said yet"}
            : Text{"「" + wanted + "」という回線の種類はありません。", "there is no line '" + wanted + "'"},
        {"--line で選んでください: " + known, "choose one with --line: " + known});
}

network::Settings settings_of(const NetworkOptions& options, const clinic::Profile& profile) {
    network::Settings settings;
    settings.interface = options.interface.empty() ? profile["network.interface"] : options.interface;
    settings.patience = Milliseconds{options.patience_ms};
    return settings;
}

void add_line_options(CLI::App& command, NetworkOptions& options) {
    command.add_option("--line", options.line,
                       "ipvpn-east, ipvpn-west, ipsec-router, ipsec-client (default: the clinic's)");
    command.add_option("--expect", options.expect,
                       "a file in place of the built-in expectations of the line");
    command.add_option("--interface", options.interface, "the network interface of the line (default: all)");
    command.add_option("--patience", options.patience_ms, "milliseconds to wait for each answer of the line")
        ->check(CLI::Range(50, 10'000))
        ->capture_default_str();
}

} // namespace kaomon::clinic
