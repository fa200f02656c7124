#include "tools/network/check.hpp"

#include "tools/network/dns.hpp"
#include "tools/network/host.hpp"
#include "tools/network/path_mtu.hpp"
#include "tools/network/sntp.hpp"
#include "tools/network/wire.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <future>
#include <random>

namespace kaomon::network {
namespace {

constexpr std::uint16_t dns_port = 53, ntp_port = 123;

Text plain(const std::string& text) {
    return {text, text};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

Text silence_text(Silence why) {
    switch (why) {
    case Silence::no_route:
        return {"そこへの道がありません", "no route"};
    case Silence::refused:
        return {"相手が断りました", "refused"};
    case Silence::no_answer:
        return {"返事がありません", "no answer"};
    case Silence::too_large:
        return {"大きすぎて送れません", "too large to send"};
    case Silence::failed:
        break;
    }
    return {"送れません", "cannot be sent"};
}

template<class Number>
Number random_number() {
    std::random_device source;
    return static_cast<Number>(static_cast<std::uint64_t>(source()) << 32 | source());
}

struct Resolved {
    std::expected<dns::Answer, Silence> answer;
    double took_ms = 0;
};

Resolved resolve(const std::string& server, const std::string& name, dns::Type type, Milliseconds patience) {
    const auto id = random_number<std::uint16_t>();
    const Bytes question = dns::query(id, name, type);
    const auto udp = ask_udp(server, dns_port, question, patience, [&](ByteView message) {
        return dns::read(message, id, name, type).has_value();
    });
    if (!udp)
        return {std::unexpected(udp.error()), 0};
    auto answer = dns::read(udp->answer, id, name, type);
    if (!answer->cut)
        return {std::move(*answer), udp->took_ms};
    // RFC 7766: an answer that was cut is asked for again over TCP, with its length in front.
    Bytes framed{static_cast<std::uint8_t>(question.size() >> 8),
                 static_cast<std::uint8_t>(question.size() & 0xFFU)};
    framed.insert(framed.end(), question.begin(), question.end());
    const auto connected = connect_tcp(server, dns_port, patience);
    if (!connected)
        return {std::unexpected(connected.error()), 0};
    const auto whole = ask_tcp(*connected, framed, 14, {}, patience);
    auto long_answer = whole && whole->answer.size() > 2
                           ? dns::read(ByteView(whole->answer).subspan(2), id, name, type)
                           : std::nullopt;
    if (!long_answer)
        return {std::unexpected(whole ? Silence::failed : whole.error()), 0};
    return {std::move(*long_answer), udp->took_ms + whole->took_ms};
}

class Run {
  public:
    Run(const Expectation& line, const Settings& settings, const std::function<void(const Text&)>& progress)
        : line_(line), settings_(settings), progress_(progress) {}

    std::vector<Check> all() {
        progress_({"この機械のネットワーク", "this computer's network"});
        host_ = look_at_host(settings_.interface, settings_.resolv);
        link();
        families();
        progress_({"DNS", "DNS"});
        servers();
        progress_({"名前", "names"});
        names();
        progress_({"接続先", "hosts"});
        hosts();
        progress_({"プロキシ", "proxy"});
        proxy();
        progress_({"時計", "clock"});
        clock();
        progress_({"パケットの大きさ", "packet size"});
        mtu();
        return std::move(checks_);
    }

  private:
    void add(std::string word, Text name, State state, Text expected, Text seen, Text ask) {
        if (state == State::good || state == State::not_checkable)
            ask = {}; // nothing to reproach the carrier with
        checks_.push_back(
            {std::move(word), std::move(name), state, std::move(expected), std::move(seen), std::move(ask)});
    }

    // What cannot be asked from here is not the line's fault yet; without a working DNS nothing in the closed
    // network is.
    State unreached() const { return line_.closed && server_.empty() ? State::not_checkable : State::failed; }

    void link() {
        std::vector<std::string> up, down;
        for (const Interface& one : host_.interfaces)
            (one.up ? up : down).push_back(one.name);
        const State state = up.empty() ? State::failed : State::good;
        add("link", {"ケーブルの接続", "link"}, state, {"つながっている", "up"},
            up.empty() ? (down.empty() ? Text{"ネットワークの口がありません", "no interface"}
                                       : Text{"つながっていません: " + joined(down), "down: " + joined(down)})
                       : plain(joined(up)),
            {"LANケーブルと、回線終端装置（ONU）のランプを確かめてください。消えていれば「ONUのランプが消えて"
             "います」と伝えます。",
             "look at the cable and at the lamps of the ONU"});
    }

    void families() {
        std::vector<std::string> v4, v6;
        for (const Interface& one : host_.interfaces) {
            v4.insert(v4.end(), one.ipv4.begin(), one.ipv4.end());
            v6.insert(v6.end(), one.ipv6.begin(), one.ipv6.end());
        }
        const auto family = [&](const char* word, const char* name, bool wanted,
                                const std::vector<std::string>& found, bool route) {
            if (!wanted)
                return;
            const std::string label(name);
            const State state = found.empty() ? State::failed : route ? State::good : State::attention;
            add(word, {label + " のアドレス", label + " address"}, state,
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
        family("ipv4", "IPv4", line_.ipv4, v4, host_.route4);
        family("ipv6", "IPv6", line_.ipv6, v6, host_.route6);
    }

    void servers() {
        const std::vector<std::string>& wanted = line_.dns.empty() ? host_.resolvers : line_.dns;
        if (line_.names.empty() && wanted.empty())
            return;
        const Text ask{"「指定されたDNSサーバーから返事がありません」と伝え、DNSサーバーのアドレスが今も正し"
                       "いか聞いてください。",
                       "ask whether the addresses of the DNS servers are still right"};
        if (wanted.empty())
            return add("dns", {"DNSサーバー", "DNS server"}, State::failed, {"設定されている", "set up"},
                       {"設定されていません", "none"}, ask);
        const std::string name = line_.names.empty() ? "." : line_.names.front();
        std::vector<std::future<Resolved>> running;
        for (const std::string& server : wanted)
            running.push_back(std::async(std::launch::async, [&, server] {
                return resolve(server, name, dns::Type::a, settings_.patience);
            }));
        for (std::size_t at = 0; at < wanted.size(); ++at) {
            const Resolved got = running[at].get();
            const Text label{"DNSサーバー " + wanted[at], "DNS server " + wanted[at]};
            const Text limit{fmt::format("{:.0f}ミリ秒以内に返事", line_.answer_limit),
                             fmt::format("an answer within {:.0f} ms", line_.answer_limit)};
            if (!got.answer) {
                add("dns", label, line_.closed ? State::not_checkable : State::failed, limit,
                    silence_text(got.answer.error()), ask);
                continue;
            }
            const bool refuses = got.answer->code == 5 || got.answer->code == 2;
            if (!refuses && server_.empty())
                server_ = wanted[at];
            const State state = refuses                            ? State::failed
                                : got.took_ms > line_.answer_limit ? State::attention
                                                                   : State::good;
            add("dns", label, state, limit,
                refuses
                    ? Text{"断られました", "refuses"}
                    : Text{fmt::format("{:.0f}ミリ秒", got.took_ms), fmt::format("{:.0f} ms", got.took_ms)},
                refuses ? Text{"「DNSサーバーが問い合わせを断ります」と伝えてください。",
                               "tell that the DNS server refuses"}
                        : Text{"「DNSの返事が遅い」と伝えてください。", "tell that DNS answers slowly"});
        }
    }

    struct Addresses {
        std::vector<std::string> ipv4, ipv6;
        int code = 0;
        bool heard = false; // any answer at all
    };

    Addresses addresses_of(const std::string& name) const {
        Addresses found;
        if (name.find(':') != name.npos)
            found.ipv6 = {name};
        else if (name.find_first_not_of("0123456789.") == name.npos)
            found.ipv4 = {name};
        if (!found.ipv4.empty() || !found.ipv6.empty()) {
            found.heard = true;
            return found;
        }
        if (server_.empty())
            return found;
        for (const dns::Type type : {dns::Type::a, dns::Type::aaaa}) {
            const Resolved got = resolve(server_, name, type, settings_.patience);
            if (!got.answer)
                continue;
            found.heard = true;
            found.code = std::max(found.code, got.answer->code);
            (type == dns::Type::a ? found.ipv4 : found.ipv6) = got.answer->addresses;
        }
        return found;
    }

    void names() {
        std::vector<std::future<Addresses>> running;
        for (const std::string& name : line_.names)
            running.push_back(std::async(std::launch::async, [this, name] { return addresses_of(name); }));
        for (std::size_t at = 0; at < running.size(); ++at) {
            const Addresses found = running[at].get();
            std::vector<std::string> all = found.ipv4;
            all.insert(all.end(), found.ipv6.begin(), found.ipv6.end());
            const bool usable = (line_.ipv4 && !found.ipv4.empty()) || (line_.ipv6 && !found.ipv6.empty()) ||
                                (!line_.ipv4 && !line_.ipv6 && !all.empty());
            Text seen = plain(joined(all));
            if (!found.heard)
                seen = {"DNSから返事がありません", "no answer from DNS"};
            else if (all.empty())
                seen = found.code == 3 ? Text{"この名前はないと言われました", "no such name"}
                                       : Text{"アドレスがないと言われました", "no address"};
            else if (!usable)
                seen = {joined(all) + "（この回線では使えない種類）",
                        joined(all) + " (a family this line has not)"};
            add("name", plain(line_.names[at]),
                usable        ? State::good
                : found.heard ? State::failed
                              : unreached(),
                {"アドレスが引ける", "resolves"}, seen,
                {"「" + line_.names[at] + " の名前が引けません。接続先の設定は最新ですか」と聞いてください。",
                 "ask: " + line_.names[at] + " does not resolve; is the list of names still right?"});
        }
    }

    // The first of its addresses that connects, or why the last of them did not.
    std::expected<Connected, Silence> connect(const HostPort& to) const {
        const Addresses found = addresses_of(to.host);
        std::expected<Connected, Silence> last = std::unexpected(Silence::no_route);
        for (const auto* addresses : {&found.ipv6, &found.ipv4}) {
            for (const std::string& address : *addresses) {
                last = connect_tcp(address, to.port, settings_.patience);
                if (last)
                    return last;
            }
        }
        if (found.ipv4.empty() && found.ipv6.empty())
            return std::unexpected(Silence::failed);
        return last;
    }

    void hosts() {
        std::vector<std::future<std::expected<Connected, Silence>>> running;
        for (const HostPort& to : line_.hosts)
            running.push_back(std::async(std::launch::async, [this, to] { return connect(to); }));
        for (std::size_t at = 0; at < running.size(); ++at) {
            const auto got = running[at].get();
            const std::string name = line_.hosts[at].host + " " + std::to_string(line_.hosts[at].port);
            const State state = !got                                ? unreached()
                                : got->took_ms > line_.answer_limit ? State::attention
                                                                    : State::good;
            Text seen = got ? Text{fmt::format("{:.0f}ミリ秒でつながりました", got->took_ms),
                                   fmt::format("connected in {:.0f} ms", got->took_ms)}
                            : silence_text(got.error());
            if (!got && got.error() == Silence::failed)
                seen = {"名前が引けないため、つなげません", "its name does not resolve"};
            add("host", plain(name), state,
                {fmt::format("{:.0f}ミリ秒以内につながる", line_.answer_limit),
                 fmt::format("connects within {:.0f} ms", line_.answer_limit)},
                seen,
                got ? Text{"「つながるまでが遅い」と伝えてください。", "tell that connecting is slow"}
                    : Text{"「" + line_.hosts[at].host + " の " + std::to_string(line_.hosts[at].port) +
                               " 番につながりません。ルーターで止めていませんか」と聞いてください。",
                           "ask whether the router blocks " + name});
        }
    }

    void proxy() {
        if (!line_.proxy)
            return;
        const std::string name = line_.proxy->host + " " + std::to_string(line_.proxy->port);
        const HostPort target = line_.proxy_target.value_or(HostPort{"localhost", 443});
        const std::string to = target.host + ":" + std::to_string(target.port);
        const Text label{"プロキシ " + name, "proxy " + name},
            expected{to + " への中継を受ける", "accepts CONNECT " + to};
        const auto connected = connect(*line_.proxy);
        if (!connected)
            return add(
                "proxy", label, unreached(), expected,
                connected.error() == Silence::failed
                    ? Text{"名前が引けないため、つなげません", "its name does not resolve"}
                    : silence_text(connected.error()),
                {"「プロキシ " + name + " につながりません。アドレスは今も正しいですか」と聞いてください。",
                 "ask whether the proxy's address is still right"});
        const std::string request = "CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n\r\n";
        const auto answer = ask_tcp(
            *connected, ByteView(reinterpret_cast<const std::uint8_t*>(request.data()), request.size()), 4096,
            "\r\n", settings_.patience);
        const int status = answer ? status_of(answer->answer) : 0;
        Text seen = answer ? Text{fmt::format("応答 {}", status), fmt::format("status {}", status)}
                           : silence_text(answer.error());
        if (answer && status == 0)
            seen = {"HTTPではない返事です", "an answer that is no HTTP"};
        add("proxy", label, status >= 200 && status < 300 ? State::good : State::failed, expected, seen,
            status == 407   ? Text{"「プロキシに利用者の認証を求められます」と伝え、設定を聞いてください。",
                                 "tell that the proxy wants a login"}
            : status == 403 ? Text{"「プロキシが " + to + " への中継を断ります」と伝えてください。",
                                   "tell that the proxy refuses " + to}
                            : Text{"「プロキシの先で " + to + " に届きません」と伝えてください。",
                                   "tell that " + to + " is not reached behind the proxy"});
    }

    // Of "HTTP/1.1 200 OK"; 0 where it is none.
    static int status_of(ByteView answer) {
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

    void clock() {
        if (line_.ntp.empty())
            return;
        const Text label{"時計（" + line_.ntp + "）", "clock (" + line_.ntp + ")"},
            expected{fmt::format("ずれが{:g}秒以内", line_.clock_limit),
                     fmt::format("off by {:g} s at most", line_.clock_limit)};
        const Text ask{"「時刻サーバー " + line_.ntp + " から返事がありません」と伝えてください。",
                       "tell that the time server does not answer"};
        const Addresses found = addresses_of(line_.ntp);
        std::vector<std::string> all = found.ipv6;
        all.insert(all.end(), found.ipv4.begin(), found.ipv4.end());
        Silence why = Silence::failed;
        for (const std::string& address : all) {
            const auto cookie = random_number<std::uint64_t>();
            const auto sent = sntp::Clock::now();
            std::optional<sntp::Answer> answer;
            const auto got =
                ask_udp(address, ntp_port, sntp::request(cookie), settings_.patience, [&](ByteView message) {
                    answer = sntp::read(message, cookie, sent, sntp::Clock::now());
                    return answer.has_value();
                });
            if (!got) {
                why = got.error();
                continue;
            }
            return judge_clock(label, expected, *answer);
        }
        add("clock", label, unreached(), expected,
            all.empty() ? Text{"名前が引けないため、聞けません", "its name does not resolve"}
                        : silence_text(why),
            ask);
    }

    void judge_clock(const Text& label, const Text& expected, const sntp::Answer& answer) {
        const double off = answer.offset.count();
        const double size = std::abs(off);
        const std::string amount = size < 120       ? fmt::format("{:.1f}秒", size)
                                   : size < 172'800 ? fmt::format("{:.0f}分", size / 60)
                                                    : fmt::format("{:.0f}日", size / 86'400);
        const std::string amount_en = size < 120       ? fmt::format("{:.1f} s", size)
                                      : size < 172'800 ? fmt::format("{:.0f} min", size / 60)
                                                       : fmt::format("{:.0f} days", size / 86'400);
        Text seen{off > 0 ? amount + "遅れています" : amount + "進んでいます",
                  off > 0 ? amount_en + " behind" : amount_en + " ahead"};
        const bool right = size <= line_.clock_limit;
        if (answer.stratum == 0)
            return add(
                "clock", label, State::failed, expected,
                {"時刻サーバーに断られました", "the time server refuses"},
                {"「時刻サーバーに断られます」と伝えてください。", "tell that the time server refuses"});
        if (right && !answer.synchronised)
            return add(
                "clock", label, State::attention, expected,
                {"時刻サーバー自身が時刻を合わせていません", "the time server itself is not synchronised"},
                {"「時刻サーバーが同期していません」と伝えてください。",
                 "tell that the time server is not synchronised"});
        add("clock", label, right ? State::good : State::failed, expected, seen,
            {"このパソコンの時計を合わせてください。時計が違うと証明書が使えません。",
             "set this computer's clock: certificates fail with a wrong one"});
    }

    void mtu() {
        const Text expected{fmt::format("{}バイト以上が通る", line_.mtu_limit),
                            fmt::format("{} bytes and more come through", line_.mtu_limit)};
        const Text label{"パケットの大きさ（MTU）", "packet size (path MTU)"};
        if (server_.empty())
            return add("mtu", label, unreached(), expected,
                       {"DNSから返事がないため、測れません", "cannot be measured without a DNS server"},
                       {"先にDNSサーバーの返事を直してください。", "mend the DNS server first"});
        int ceiling = line_.mtu_limit;
        for (const Interface& one : host_.interfaces)
            ceiling = one.up ? std::max(ceiling, one.mtu) : ceiling;
        const Milliseconds patience =
            std::min(settings_.patience, Milliseconds{700}); // the server has answered before
        const PathMtu path = find_path_mtu(server_, line_.names.empty() ? "." : line_.names.front(),
                                           line_.mtu_limit, std::min(ceiling, 4000), patience);
        const State state = path.bytes > 0 ? State::good : path.sure ? State::failed : State::attention;
        Text seen{fmt::format("{}バイトが通りました", path.bytes),
                  fmt::format("{} bytes came through", path.bytes)};
        if (path.bytes == 0)
            seen = {fmt::format("{}バイトが通りません", line_.mtu_limit) +
                        (path.sure ? "" : "（DNSサーバーが長い問い合わせを受けないだけかもしれません）"),
                    fmt::format("{} bytes do not come through", line_.mtu_limit) +
                        (path.sure ? "" : " (perhaps the DNS server takes short questions only)")};
        add("mtu", label, state, expected, seen,
            {"「大きいパケットが途中で消えます。ルーターのMTUとMSSの設定を確かめてください」と伝えてください"
             "。",
             "tell that large packets vanish on the way: the router's MTU and MSS"});
    }

    const Expectation& line_;
    const Settings& settings_;
    const std::function<void(const Text&)>& progress_;
    Host host_;
    std::string server_; // a DNS server that answers
    std::vector<Check> checks_;
};

} // namespace

std::string_view word(State state) noexcept {
    static constexpr std::array<std::string_view, 4> words{"good", "attention", "failed", "not_checkable"};
    return words[static_cast<std::size_t>(state)];
}

std::vector<Check> check(const Expectation& line, const Settings& settings,
                         const std::function<void(const Text&)>& progress) {
    return Run(line, settings, progress).all();
}

} // namespace kaomon::network
