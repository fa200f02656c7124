// kaomon-clinic network: the line, held against what it must do.
#include "tools/clinic/commands/network_line.hpp"
#include "tools/clinic/commands/staff.hpp"
#include "tools/clinic/folder/pages.hpp"
#include "tools/clinic/folder/profile.hpp"
#include "tools/clinic/network/network_page.hpp"
#include "tools/command/findings.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <unistd.h>

#include <algorithm>
#include <memory>

namespace kaomon::clinic {
namespace {

namespace json = boost::json;
using namespace network;

struct NetworkCommand {
    NetworkOptions network;
    std::string html;
};

json::object findings_as_json(const Expectation& line, const std::vector<Finding>& findings, Date today,
                              Language language) {
    return {{"line", line.line},
            {"on", iso(today)},
            {"source", say(language, line.source)},
            {"source_seen", iso(line.seen)},
            {"checks", findings_json(findings, language)}};
}

int check_line(const Common& common, const NetworkCommand& options) {
    Staff staff(common);
    const auto profile = clinic::read_profile(staff.folder);
    if (!profile)
        return staff.fail(profile.error());
    const auto line = line_of(options.network, *profile);
    if (!line)
        return staff.fail(line.error());
    const bool shows = isatty(STDERR_FILENO) == 1;
    const auto findings =
        network::check(*line, settings_of(options.network, *profile), [&](const Text& part) {
            if (shows)
                std::fprintf(stderr, "\r\033[K%s…", say(staff.language, part).c_str());
        });
    if (shows)
        std::fprintf(stderr, "\r\033[K");
    const Date today = today_in_japan();
    const std::string html = network_page(*line, findings, staff.language, today);
    if (auto written = staff.folder.write(
            "network.json", json::serialize(findings_as_json(*line, findings, today, staff.language)) + "\n");
        !written)
        return staff.fail(written.error());
    if (auto written = clinic::write_page(staff.folder, "network.html", html, staff.language, today);
        !written)
        return staff.fail(written.error());
    if (!options.html.empty()) {
        if (auto copied = put(staff.folder, options.html, "", html); !copied)
            return staff.fail(copied.error());
    }
    const bool nothing = count(findings, Standing::good) == 0;
    if (common.json) {
        print_json(findings_as_json(*line, findings, today, staff.language));
    } else {
        print_findings(findings, staff.language);
        if (line->closed && count(findings, Standing::not_checkable) > 0)
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
    const bool good =
        std::ranges::all_of(findings, [](const Finding& one) { return one.standing == Standing::good; });
    return staff.end(good ? exit_ok : exit_findings);
}

} // namespace

void add_network(Commands& commands) {
    const auto options = std::make_shared<NetworkCommand>();
    CLI::App* sub = commands.add(
        "network", "check the line: link, addresses, DNS, names, hosts, proxy, clock, packet size",
        [&common = commands.common, options] { return check_line(common, *options); });
    add_line_options(*sub, options->network);
    sub->add_option("--html", options->html,
                    "write the page there too (it is always in the clinic's folder)");
}

} // namespace kaomon::clinic
