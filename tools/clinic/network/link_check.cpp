// This computer's end of the line: the cable, and the addresses that came over it.
#include "tools/clinic/network/inspection.hpp"

namespace kaomon::network {

void look_at_link(Inspection& look) {
    std::vector<std::string> up, down;
    for (const Interface& one : look.host.interfaces)
        (one.up ? up : down).push_back(one.name);
    const Standing standing = up.empty() ? Standing::failed : Standing::good;
    look.add(
        "link", {"ケーブルの接続", "link"}, standing, {"つながっている", "up"},
        up.empty() ? (down.empty() ? Text{"ネットワークの口がありません", "no interface"}
                                   : Text{"つながっていません: " + joined(down), "down: " + joined(down)})
                   : plain(joined(up)),
        {"LANケーブルと、回線終端装置（ONU）のランプを確かめてください。消えていれば「ONUのランプが消えて"
         "います」と伝えます。",
         "look at the cable and at the lamps of the ONU"});
}

void look_at_families(Inspection& look) {
    std::vector<std::string> v4, v6;
    for (const Interface& one : look.host.interfaces) {
        v4.insert(v4.end(), one.ipv4.begin(), one.ipv4.end());
        v6.insert(v6.end(), one.ipv6.begin(), one.ipv6.end());
    }
    const auto family = [&](const char* word, const char* name, bool wanted,
                            const std::vector<std::string>& found, bool route) {
        if (!wanted)
            return;
        const std::string label(name);
        const Standing standing = found.empty() ? Standing::failed
                                  : route       ? Standing::good
                                                : Standing::attention;
        look.add(word, {label + " のアドレス", label + " address"}, standing,
                 {"アドレスと外への道がある", "an address and a default route"},
                 found.empty() ? Text{"アドレスがありません", "no address"}
                               : Text{joined(found) + (route ? "" : "（外への道がありません）"),
                                      joined(found) + (route ? "" : " (no default route)")},
                 {"「" + label + " のアドレスが届いていません。" +
                      (label == "IPv6" ? "IPoE の開通は済んでいますか"
                                       : "PPPoE またはルーターの設定は済んでいますか") +
                      "」と聞いてください。",
                  "ask: no " + label + " address arrives; is " +
                      (label == "IPv6" ? "IPoE" : "PPPoE or the router") + " set up?"});
    };
    family("ipv4", "IPv4", look.line.ipv4, v4, look.host.route4);
    family("ipv6", "IPv6", look.line.ipv6, v6, look.host.route6);
}

} // namespace kaomon::network
