// The largest packet that comes through the line uncut.
#include "tools/clinic/network/inspection.hpp"
#include "tools/clinic/network/path_mtu.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kaomon::network {

void look_at_packet_size(Inspection& look) {
    const Text expected{fmt::format("{}バイト以上が通る", look.line.mtu_limit),
                        fmt::format("{} bytes and more come through", look.line.mtu_limit)};
    const Text label{"パケットの大きさ（MTU）", "packet size (path MTU)"};
    if (look.server.empty() || look.outside)
        return look.add(
            "mtu", label, look.unreached(), expected,
            look.outside
                ? Text{"この回線の外にいるため、測れません", "cannot be measured from outside the line"}
                : Text{"DNSから返事がないため、測れません", "cannot be measured without a DNS server"},
            {"先にDNSサーバーの返事を直してください。", "mend the DNS server first"});
    int ceiling = look.line.mtu_limit;
    for (const Interface& one : look.host.interfaces)
        ceiling = one.up ? std::max(ceiling, one.mtu) : ceiling;
    const Milliseconds patience =
        std::min(look.settings.patience, Milliseconds{700}); // the server has answered before
    const PathMtu path =
        find_path_mtu(look.server, look.edns, look.line.names.empty() ? "." : look.line.names.front(),
                      look.line.mtu_limit, std::min(ceiling, 4000), patience);
    if (!path.measured)
        return look.add("mtu", label, Standing::not_checkable, expected,
                        {"DNSサーバーが長い問い合わせ（EDNS）を受けないため、測れません",
                         "cannot be measured: the DNS server takes no long questions (EDNS)"},
                        {});
    const Standing standing = path.bytes > 0 ? Standing::good
                              : path.sure    ? Standing::failed
                                             : Standing::attention;
    Text seen{fmt::format("{}バイトが通りました", path.bytes),
              fmt::format("{} bytes came through", path.bytes)};
    if (path.bytes == 0)
        seen = {fmt::format("{}バイトが通りません", look.line.mtu_limit) +
                    (path.sure ? "" : "（DNSサーバーが長い問い合わせを受けないだけかもしれません）"),
                fmt::format("{} bytes do not come through", look.line.mtu_limit) +
                    (path.sure ? "" : " (perhaps the DNS server takes short questions only)")};
    look.add(
        "mtu", label, standing, expected, seen,
        path.sure
            ? Text{"「大きいパケットが途中で消えます。ルーターのMTUとMSSの設定を確かめてください」と伝えて"
                   "ください。",
                   "tell that large packets vanish on the way: the router's MTU and MSS"}
            : Text{"「大きい問い合わせに返事がありません。DNSサーバーのせいか、ルーターのMTUとMSSの設定"
                   "かを確かめてください」と伝えてください。",
                   "tell that large questions get no answer: the DNS server, or the router's MTU and MSS"});
}

} // namespace kaomon::network
