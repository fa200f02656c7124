#include "tools/clinic/network/inspection.hpp"

#include <utility>

namespace kaomon::network {

std::vector<Finding> check(const Expectation& line, const Settings& settings,
                           const std::function<void(const Text&)>& progress) {
    Inspection look{.line = line,
                    .settings = settings,
                    .host = look_at_host(settings.interface, settings.resolv),
                    .server = {},
                    .findings = {}};
    const std::initializer_list<std::pair<Text, void (*)(Inspection&)>> parts{
        {{"この機械のネットワーク", "this computer's network"}, look_at_link},
        {{"アドレス", "addresses"}, look_at_families},
        {{"DNS", "DNS"}, look_at_servers},
        {{"名前", "names"}, look_at_names},
        {{"接続先", "hosts"}, look_at_hosts},
        {{"プロキシ", "proxy"}, look_at_proxy},
        {{"時計", "clock"}, look_at_clock},
        {{"パケットの大きさ", "packet size"}, look_at_packet_size},
    };
    for (const auto& [name, look_at] : parts) {
        progress(name);
        look_at(look);
    }
    return std::move(look.findings);
}

} // namespace kaomon::network
