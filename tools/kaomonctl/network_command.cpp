// kaomonctl network: the line, held against what it must do.
#include "tools/clinic/pages.hpp"
#include "tools/clinic/profile.hpp"
#include "tools/kaomonctl/staff.hpp"
#include "tools/network/network_page.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;
using namespace network;

struct NetworkOptions {
    std::string line, expect, interface, html;
    int patience_ms = 2000;
};

Outcome<std::vector<Expectation>> expectations_of(const std::string& file) {
    if (file.empty())
        return built_in();
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return trouble(exit_usage, "expectations_invalid",
                       {file + " を開けません。", file + " cannot be opened"},
                       {"ファイルの場所を確かめてください。", "look at the file's place"});
    return network::parse(std::string(std::istreambuf_iterator<char>(in), {}));
}

// The line asked for, else the clinic's, else the only one of the file.
Outcome<Expectation> line_of(const std::vector<Expectation>& all, const std::string& wanted) {
    std::string known;
    for (const Expectation& one : all) {
        if (one.line == wanted || (wanted.empty() && all.size() == 1))
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

json::object as_json(const Expectation& line, const std::vector<Check>& checks, Date today,
                     Language language) {
    json::array found;
    for (const Check& one : checks)
        found.push_back(json::object{{"check", one.word},
                                     {"name", say(language, one.name)},
                                     {"state", network::word(one.state)},
                                     {"expected", say(language, one.expected)},
                                     {"seen", say(language, one.seen)},
                                     {"ask", say(language, one.ask)}});
    return {{"line", line.line},
            {"on", iso(today)},
            {"source", say(language, line.source)},
            {"source_seen", iso(line.seen)},
            {"checks", std::move(found)}};
}

void print(const std::vector<Check>& checks, Language language) {
    for (const Check& one : checks) {
        print_line(std::string(say(language, "[", "[")) + say(language, state_text(one.state)) + "] " +
                   say(language, one.name) + ": " + say(language, one.seen) +
                   std::string(say(language, "（期待: ", " (expected: ")) + say(language, one.expected) +
                   std::string(say(language, "）", ")")));
        if (!one.ask.ja.empty())
            print_line("      " + say(language, one.ask));
    }
}

int check_line(const Common& common, const NetworkOptions& options) {
    Staff staff(common);
    const auto profile = clinic::read_profile(staff.folder);
    if (!profile)
        return staff.fail(profile.error());
    const auto all = expectations_of(options.expect);
    if (!all)
        return staff.fail(all.error());
    const auto line = line_of(*all, options.line.empty() ? (*profile)["network.line"] : options.line);
    if (!line)
        return staff.fail(line.error());
    const bool shows = isatty(STDERR_FILENO) == 1;
    Settings settings;
    settings.interface = options.interface.empty() ? (*profile)["network.interface"] : options.interface;
    settings.patience = Milliseconds{options.patience_ms};
    const auto checks = network::check(*line, settings, [&](const Text& part) {
        if (shows)
            std::fprintf(stderr, "\r\033[K%s…", say(staff.language, part).c_str());
    });
    if (shows)
        std::fprintf(stderr, "\r\033[K");
    const Date today = today_in_japan();
    const std::string html = network_page(*line, checks, staff.language, today);
    if (auto written = staff.folder.write(
            "network.json", json::serialize(as_json(*line, checks, today, staff.language)) + "\n");
        !written)
        return staff.fail(written.error());
    if (auto written = clinic::write_page(staff.folder, "network.html", html, staff.language, today);
        !written)
        return staff.fail(written.error());
    if (!options.html.empty() && !(std::ofstream(options.html, std::ios::binary) << html).flush())
        return staff.fail({exit_usage,
                           "cannot_write",
                           {options.html + " に書けません。", options.html + " cannot be written"},
                           {}});
    const bool nothing =
        std::ranges::none_of(checks, [](const Check& one) { return one.state == State::good; });
    if (common.json) {
        print_json(as_json(*line, checks, today, staff.language));
    } else {
        print(checks, staff.language);
        if (line->closed &&
            std::ranges::any_of(checks, [](const Check& one) { return one.state == State::not_checkable; }))
            print_line(std::string(
                say(staff.language,
                    "この回線の中にあるものは、その回線につないだパソコンからしか確かめられません。",
                    "what lives in this line's closed network can only be checked from a computer on it")));
        if (nothing)
            print_line(std::string(say(staff.language,
                                       "ネットワークにつながっていません。ケーブルから順に確かめてください。",
                                       "there is no network: begin with the cable")));
        staff.wrote("network.html");
    }
    const bool good = std::ranges::all_of(checks, [](const Check& one) { return one.state == State::good; });
    return staff.end(good ? exit_ok : exit_findings);
}

} // namespace

void add_network(Commands& commands) {
    const auto options = std::make_shared<NetworkOptions>();
    CLI::App* sub = commands.add(
        "network", "check the line: link, addresses, DNS, names, hosts, proxy, clock, packet size",
        [&common = commands.common, options] { return check_line(common, *options); });
    sub->add_option("--line", options->line,
                    "ipvpn-east, ipvpn-west, ipsec-router, ipsec-client (default: the clinic's)");
    sub->add_option("--expect", options->expect, "a file in place of the built-in expectations");
    sub->add_option("--interface", options->interface, "the network interface of the line (default: all)");
    sub->add_option("--html", options->html,
                    "write the page there too (it is always in the clinic's folder)");
    sub->add_option("--patience", options->patience_ms, "milliseconds to wait for each answer")
        ->check(CLI::Range(50, 10'000))
        ->capture_default_str();
}

} // namespace kaomon::kaomonctl
