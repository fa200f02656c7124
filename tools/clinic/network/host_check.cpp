// The hosts that must accept a connection, straight and through the proxy.
#include "tools/clinic/network/inspection.hpp"
#include "tools/clinic/network/resolver.hpp"

#include <fmt/format.h>

#include <future>

namespace kaomon::network {
namespace {

// Of "HTTP/1.1 200 OK"; 0 where it is none.
int status_of(ByteView answer) {
    const std::string_view text(reinterpret_cast<const char*>(answer.data()), answer.size());
    if (text.size() < 12 || !text.starts_with("HTTP/1.") || text[8] != ' ')
        return 0;
    int status = 0;
    for (const char c : text.substr(9, 3)) {
        if (c < '0' || c > '9')
            return 0;
        status = status * 10 + (c - '0');
    }
    return status;
}

} // namespace

void look_at_hosts(Inspection& look) {
    std::vector<std::future<std::expected<Connected, NoReply>>> running;
    for (const HostPort& to : look.line.hosts)
        running.push_back(std::async(std::launch::async, [&look, to] {
            return connect(look.server, look.edns, to, look.settings.patience);
        }));
    for (std::size_t at = 0; at < running.size(); ++at) {
        const auto got = running[at].get();
        const std::string name = look.line.hosts[at].host + " " + std::to_string(look.line.hosts[at].port);
        const Standing standing = !got                                    ? look.unreached()
                                  : got->took_ms > look.line.answer_limit ? Standing::attention
                                                                          : Standing::good;
        const Text seen = got ? Text{fmt::format("{:.0f}ミリ秒でつながりました", got->took_ms),
                                     fmt::format("connected in {:.0f} ms", got->took_ms)}
                              : unconnected_text(got.error());
        look.add("host", plain(name), standing,
                 {fmt::format("{:.0f}ミリ秒以内につながる", look.line.answer_limit),
                  fmt::format("connects within {:.0f} ms", look.line.answer_limit)},
                 seen,
                 got ? Text{"「つながるまでが遅い」と伝えてください。", "tell that connecting is slow"}
                 : got.error() == NoReply::failed
                     ? Text{"「" + look.line.hosts[at].host + " の名前が引けません」と伝えてください。",
                            "tell that the name of " + name + " does not resolve"}
                     : Text{"「" + look.line.hosts[at].host + " の " +
                                std::to_string(look.line.hosts[at].port) +
                                " 番につながりません。ルーターで止めていませんか」と聞いてください。",
                            "ask whether the router blocks " + name});
    }
}

void look_at_proxy(Inspection& look) {
    if (!look.line.proxy)
        return;
    const std::string name = look.line.proxy->host + " " + std::to_string(look.line.proxy->port);
    const HostPort target = look.line.proxy_target.value_or(HostPort{"localhost", 443});
    const std::string to = target.host + ":" + std::to_string(target.port);
    const Text label{"プロキシ " + name, "proxy " + name},
        expected{to + " への中継を受ける", "accepts CONNECT " + to};
    const auto connected = connect(look.server, look.edns, *look.line.proxy, look.settings.patience);
    if (!connected)
        return look.add(
            "proxy", label, look.unreached(), expected, unconnected_text(connected.error()),
            {"「プロキシ " + name + " につながりません。アドレスは今も正しいですか」と聞いてください。",
             "ask whether the proxy's address is still right"});
    const std::string request = "CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n\r\n";
    const auto answer =
        ask_tcp(*connected, ByteView(reinterpret_cast<const std::uint8_t*>(request.data()), request.size()),
                4096, "\r\n", look.settings.patience);
    const int status = answer ? status_of(answer->answer) : 0;
    Text seen = answer ? Text{fmt::format("応答 {}", status), fmt::format("status {}", status)}
                       : no_reply_text(answer.error());
    if (answer && status == 0)
        seen = {"HTTPではない返事です", "an answer that is no HTTP"};
    look.add("proxy", label, status >= 200 && status < 300 ? Standing::good : Standing::failed, expected,
             seen,
             !answer || status == 0
                 ? Text{"「プロキシ " + name + " から、プロキシらしい返事がありません」と伝えてください。",
                        "tell that what stands at " + name + " does not answer as a proxy"}
             : status == 407 ? Text{"「プロキシに利用者の認証を求められます」と伝え、設定を聞いてください。",
                                    "tell that the proxy wants a login"}
             : status == 403 ? Text{"「プロキシが " + to + " への中継を断ります」と伝えてください。",
                                    "tell that the proxy refuses " + to}
                             : Text{"「プロキシの先で " + to + " に届きません」と伝えてください。",
                                    "tell that " + to + " is not reached behind the proxy"});
}

} // namespace kaomon::network
