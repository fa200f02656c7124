// kaomonctl gateway pair, list, revoke: which computers of the LAN may come in.
#include "daemon/gateway/authority.hpp"
#include "daemon/gateway/pairing.hpp"
#include "daemon/gateway/peers.hpp"
#include "drivers/base/text_file.hpp"
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/gateway.hpp"
#include "tools/kaomonctl/gateway_service.hpp"
#include "tools/words/day.hpp"

#include <boost/json/array.hpp>

namespace kaomon::kaomonctl {
namespace {

gateway::Time this_second() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// The day in Japan.
std::string day_text(gateway::Time time) {
    const std::chrono::year_month_day day(
        std::chrono::floor<std::chrono::days>(time + std::chrono::hours(9)));
    const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(static_cast<int>(day.year())) + '-' + two(static_cast<unsigned>(day.month())) +
           '-' + two(static_cast<unsigned>(day.day()));
}

// As certificates' fingerprints are shown: AB:CD:…
std::string fingerprint_of(const std::filesystem::path& pem_file) {
    const auto pem = read_text_file(pem_file, 16 * 1024);
    const auto certificate = pem ? gateway::certificate_from(*pem) : nullptr;
    std::string digits = certificate ? gateway::sha256_of(certificate.get()) : std::string(), shown;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        shown += i > 0 && i % 2 == 0 ? ":" : "";
        shown += static_cast<char>(std::toupper(static_cast<unsigned char>(digits[i])));
    }
    return shown;
}

int pair_one(const Common& common, const GatewayOptions& options) {
    const auto settings = gateway_settings(options.gateway_config);
    if (!settings)
        return failed(common, settings.error());
    const auto role = from_word<gateway::Role>(options.role);
    if (!gateway::may_be_paired_as(options.name))
        return failed(
            common,
            {exit_usage,
             "name_invalid",
             {"名前は64バイトまで。: と , と / は使えません。patient、staff、health も使えません。",
              "a name has 64 bytes at most, no colon, comma or slash, and is none of: patient, staff, "
              "health"},
             {}});
    if (!settings->lan())
        return failed(
            common, {exit_usage,
                     "lan_closed",
                     {"LAN に開いていません（lan_listen が空）。", "the LAN is closed: lan_listen is empty"},
                     {"/etc/kaomon/gateway.toml に lan_listen を書き、kaomon-gateway を再起動してください。",
                      "set lan_listen in /etc/kaomon/gateway.toml and restart kaomon-gateway"}});
    if (!options.staff.empty()) {
        const auto edited = edit_configuration(
            options.config, {{"socket.staff_users", [&](auto& values) {
                                  for (const std::string& id : options.staff)
                                      values.push_back("gateway/" + options.name + ':' + id);
                              }}});
        const auto reloaded =
            !edited || options.no_service ? edited : systemctl({"try-reload-or-restart", "kaomond.service"});
        if (!reloaded)
            return failed(common, reloaded.error());
    }
    if (const auto owner = become_owner_of(settings->state, "gateway pair"); !owner)
        return failed(common, owner.error());
    const auto authority = fingerprint_of(settings->state / "authority.pem"),
               server = fingerprint_of(settings->state / "server.pem");
    if (authority.empty() || server.empty())
        return failed(common,
                      {exit_usage,
                       "no_certificate",
                       {"ゲートウェイの証明書がまだありません。", "the gateway has no certificate yet"},
                       {"kaomon-gateway を起動してください。", "start kaomon-gateway"}});
    const auto code = gateway::open_pairing(settings->state, options.name, *role, this_second());
    if (!code)
        return failed(common, trouble_of(code.error()));
    if (common.json) {
        print_json({{"code", *code},
                    {"name", options.name},
                    {"role", options.role},
                    {"seconds", std::chrono::seconds(gateway::pairing_lasts).count()},
                    {"server_sha256", server},
                    {"authority_sha256", authority}});
        return exit_ok;
    }
    const auto language = common.language();
    print_line(std::string(say(language, "コード（10分、1回だけ）: ", "code (10 minutes, once):   ")) +
               *code);
    print_line(std::string(say(language, "サーバー証明書 SHA-256:  ", "server certificate SHA-256: ")) +
               server);
    print_line(std::string(say(language, "認証局の証明書 SHA-256:  ", "authority's SHA-256:        ")) +
               authority);
    print_line(say(language, "相手の端末で、この指紋と同じかを確かめてからコードを入れてください。",
                   "on the other computer compare a fingerprint before the code is typed"));
    return exit_ok;
}

Outcome<std::vector<gateway::PairedPeer>> paired_peers(const GatewayOptions& options,
                                                       const std::string& command) {
    const auto settings = gateway_settings(options.gateway_config);
    if (!settings)
        return std::unexpected(settings.error());
    if (const auto owner = become_owner_of(settings->state, command); !owner)
        return std::unexpected(owner.error());
    auto peers = gateway::read_peers(settings->state);
    if (!peers)
        return std::unexpected(trouble_of(peers.error()));
    return std::move(*peers);
}

int list_peers(const Common& common, const GatewayOptions& options) {
    const auto peers = paired_peers(options, "gateway list");
    if (!peers)
        return failed(common, peers.error());
    boost::json::array all;
    for (const auto& peer : *peers) {
        const bool over = peer.until <= this_second();
        const auto state = peer.revoked ? say(common.language(), "取り消し済み", "revoked")
                           : over       ? say(common.language(), "期限切れ", "expired")
                                        : say(common.language(), "有効", "counts");
        if (common.json)
            all.push_back(boost::json::object{{"name", peer.name},
                                              {"role", word(peer.role)},
                                              {"serial", peer.serial},
                                              {"sha256", peer.sha256},
                                              {"since", day_text(peer.since)},
                                              {"until", day_text(peer.until)},
                                              {"revoked", peer.revoked}});
        else
            print_line(peer.name + "  " + std::string(word(peer.role)) + "  " + day_text(peer.since) + " – " +
                       day_text(peer.until) + "  " + std::string(state) + "  " + peer.serial);
    }
    if (common.json)
        print_json({{"peers", std::move(all)}});
    else if (peers->empty())
        print_line(say(common.language(), "登録した端末はありません。", "no computer is paired"));
    return exit_ok;
}

int revoke(const Common& common, const GatewayOptions& options) {
    const auto settings = gateway_settings(options.gateway_config);
    auto peers = paired_peers(options, "gateway revoke");
    if (!peers)
        return failed(common, peers.error());
    std::size_t count = 0;
    for (auto& peer : *peers) {
        if ((peer.name != options.name && peer.serial != options.name) || peer.revoked)
            continue;
        peer.revoked = true;
        if (const auto written = gateway::write_peer(settings->state, peer); !written)
            return failed(common, trouble_of(written.error()));
        ++count;
    }
    if (count == 0)
        return failed(
            common,
            {exit_usage,
             "unknown_peer",
             {options.name + " という有効な端末はありません。", options.name + ": no such peer counts"},
             {"kaomonctl gateway list で一覧を見てください。", "see kaomonctl gateway list"}});
    if (common.json)
        print_json({{"revoked", count}});
    else
        print_line(say(common.language(), "取り消しました。つながっている画面は1秒以内に切れます。",
                       "revoked; its open connections end within a second"));
    return exit_ok;
}

} // namespace

void add_gateway_peers(Commands& commands, CLI::App* group, const std::shared_ptr<GatewayOptions>& options) {
    const Common& common = commands.common;
    const auto add = [&](const char* name, const char* help, std::function<int()> act) {
        CLI::App* sub = commands.add(name, help, std::move(act), group);
        sub->add_option("--gateway-config", options->gateway_config,
                        "the gateway's configuration (default: the installed one)");
        return sub;
    };
    CLI::App* sub = add("pair", "let one computer of the LAN get a certificate: shows a code for ten minutes",
                        [&common, options] { return pair_one(common, *options); });
    sub->add_option("--name", options->name, "what it is called in the record, as 受付1")->required();
    sub->add_option("--role", options->role, "system: a reception system; staff: the staff's page")
        ->check(CLI::IsMember({"system", "staff"}))
        ->capture_default_str();
    sub->add_option("--staff", options->staff, "id of a member of staff whose visual check it may hand in");
    sub->add_option("--config", options->config, "the daemon's configuration (default: the installed one)");
    sub->add_flag("--no-service", options->no_service, "only the configuration; the services are left alone");
    add("list", "the computers that were paired",
        [&common, options] { return list_peers(common, *options); });
    sub = add("revoke", "one of them counts no longer",
              [&common, options] { return revoke(common, *options); });
    sub->add_option("NAME", options->name, "its name, or the serial number of its certificate")->required();
}

} // namespace kaomon::kaomonctl
