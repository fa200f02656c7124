// kaomonctl gateway enable, disable, status: whether pages and the LAN reach the daemon.
#include "daemon/gateway/pairing.hpp"
#include "daemon/gateway/peers.hpp"
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/gateway.hpp"
#include "tools/kaomonctl/gateway_service.hpp"

#include <algorithm>
#include <memory>

namespace kaomon::kaomonctl {
namespace {

constexpr const char *gateways_user = "kaomon-gateway", *patient_page = "gateway/patient",
                     *staff_page = "gateway/staff", *gateways_unit = "kaomon-gateway.service";

void with_entry(std::vector<std::string>& list, const std::string& entry) {
    if (std::ranges::find(list, entry) == list.end())
        list.push_back(entry);
}

// What is open once it runs, as sentences and as JSON.
void print_doors(const Common& common, const gateway::Settings& settings, boost::json::object json) {
    const std::string here = "http://127.0.0.1:" + std::to_string(settings.port);
    if (common.json) {
        json["this_computer"] = here;
        json["lan"] = settings.lan_listen;
        return print_json(json);
    }
    print_line(std::string(say(common.language(),
                               "このコンピューターだけに開く: ", "open to this computer alone: ")) +
               here);
    print_line(settings.lan_listen.empty()
                   ? std::string(say(common.language(), "LAN には開かない（lan_listen が空）",
                                     "the LAN stays closed (lan_listen is empty)"))
                   : std::string(say(common.language(), "証明書のある端末だけに開く: ",
                                     "open to computers with a certificate: ")) +
                         "https://" + settings.lan_listen);
    print_line(say(common.language(), "患者用画面は: kaomonctl screen open",
                   "the patient's page: kaomonctl screen open"));
}

int enable(const Common& common, const GatewayOptions& options) {
    const auto settings = gateway_settings(options.gateway_config);
    if (!settings)
        return failed(common, settings.error());
    std::vector<ListEdit> edits{
        {"socket.gateway_user", [](auto& values) { values = {gateways_user}; }},
        {"socket.screen_users", [](auto& values) { with_entry(values, patient_page); }}};
    if (!options.staff.empty())
        edits.push_back({"socket.staff_users", [&](auto& values) {
                             for (const std::string& id : options.staff)
                                 with_entry(values, staff_page + (":" + id));
                         }});
    const auto edited = edit_configuration(options.config, edits);
    if (!edited)
        return failed(common, edited.error());
    if (!options.no_service) {
        for (const auto& arguments : {std::vector<std::string>{"try-reload-or-restart", "kaomond.service"},
                                      std::vector<std::string>{"enable", "--now", gateways_unit}}) {
            if (const auto done = systemctl(arguments); !done)
                return failed(common, done.error());
        }
    }
    print_doors(common, *settings, {{"enabled", true}});
    return exit_ok;
}

int disable(const Common& common, const GatewayOptions& options) {
    if (!options.no_service) {
        if (const auto done = systemctl({"disable", "--now", gateways_unit}); !done)
            return failed(common, done.error());
    }
    const auto edited = edit_configuration(
        options.config, {{"socket.screen_users", [](auto& values) { std::erase(values, patient_page); }},
                         {"socket.gateway_user", [](auto& values) { values.clear(); }}});
    if (!edited)
        return failed(common, edited.error());
    if (!options.no_service) {
        if (const auto done = systemctl({"try-reload-or-restart", "kaomond.service"}); !done)
            return failed(common, done.error());
    }
    if (common.json)
        print_json({{"enabled", false}});
    else
        print_line(say(common.language(), "閉じました。", "closed"));
    return exit_ok;
}

int gateway_status(const Common& common, const GatewayOptions& options) {
    const auto settings = gateway_settings(options.gateway_config);
    if (!settings)
        return failed(common, settings.error());
    const auto user = configured(options.config, "socket.gateway_user");
    const bool allowed = user && *user == std::vector<std::string>{gateways_user};
    const auto health = ask_gateway(settings->port, "/health");
    const bool runs = health.has_value(), reaches = runs && health->first == 200;
    const auto peers = gateway::read_peers(settings->state); // others than root may not look
    if (common.json) {
        boost::json::object told{{"allowed", allowed}, {"runs", runs}, {"reaches_kaomond", reaches}};
        if (peers)
            told["peers"] = peers->size();
        print_doors(common, *settings, std::move(told));
    } else {
        const auto language = common.language();
        const auto yes = [language](bool is) {
            return std::string(say(language, is ? "はい" : "いいえ", is ? "yes" : "no"));
        };
        print_line(std::string(say(language, "kaomond が許可     ", "kaomond allows it   ")) + yes(allowed));
        print_line(std::string(say(language, "動いている         ", "runs                ")) + yes(runs));
        print_line(std::string(say(language, "kaomond につながる ", "reaches kaomond     ")) + yes(reaches));
        if (peers)
            print_line(std::string(say(language, "登録した端末       ", "paired computers    ")) +
                       std::to_string(peers->size()));
        print_doors(common, *settings, {});
    }
    return allowed && reaches ? exit_ok : exit_findings;
}

} // namespace

void add_gateway(Commands& commands) {
    const auto options = std::make_shared<GatewayOptions>();
    const Common& common = commands.common;
    CLI::App* group =
        commands.add_group("gateway", "whether pages and computers of the LAN reach the daemon (root)");
    const auto add = [&](const char* name, const char* help, std::function<int()> act) {
        CLI::App* sub = commands.add(name, help, std::move(act), group);
        sub->add_option("--gateway-config", options->gateway_config,
                        "the gateway's configuration (default: the installed one)");
        sub->add_option("--config", options->config,
                        "the daemon's configuration (default: the installed one)");
        return sub;
    };
    CLI::App* open =
        add("enable", "open it to this computer's pages, and say what is open; never to the LAN by itself",
            [&common, options] { return enable(common, *options); });
    open->add_option("--staff", options->staff,
                     "id of a member of staff who works with this computer's staff page");
    CLI::App* close = add("disable", "close it", [&common, options] { return disable(common, *options); });
    for (CLI::App* sub : {open, close})
        sub->add_flag("--no-service", options->no_service,
                      "only the configuration; the services are left alone");
    add("status", "is it allowed, does it run, does it reach the daemon, what is open",
        [&common, options] { return gateway_status(common, *options); });
    add_gateway_peers(commands, group, options);
}

} // namespace kaomon::kaomonctl
