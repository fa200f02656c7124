// The DNS servers of the line, and the names that must resolve there.
#include "tools/clinic/network/inspection.hpp"
#include "tools/clinic/network/resolver.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>

namespace kaomon::network {
namespace {

// An RCODE other than "found".
Text code_text(int code) {
    switch (code) {
    case dns::format_error:
        return {"質問を読めないと言われました（FORMERR）", "cannot read the question (FORMERR)"};
    case dns::server_failed:
        return {"調べるのに失敗したと言われました（SERVFAIL）", "failed to look it up (SERVFAIL)"};
    case dns::no_such_name:
        return {"この名前はないと言われました", "no such name"};
    case dns::not_implemented:
        return {"この質問は扱わないと言われました（NOTIMP）", "does not do such questions (NOTIMP)"};
    case dns::refused:
        return {"断られました", "refuses"};
    default:
        return {fmt::format("答えられないと言われました（{}）", code),
                fmt::format("cannot answer ({})", code)};
    }
}

} // namespace

void look_at_servers(Inspection& look) {
    const std::vector<std::string>& wanted = look.line.dns.empty() ? look.host.resolvers : look.line.dns;
    if (look.line.names.empty() && wanted.empty())
        return;
    const Text ask{"「指定されたDNSサーバーから返事がありません」と伝え、DNSサーバーのアドレスが今も正し"
                   "いか聞いてください。",
                   "ask whether the addresses of the DNS servers are still right"};
    if (wanted.empty())
        return look.add("dns", {"DNSサーバー", "DNS server"}, Standing::failed, {"設定されている", "set up"},
                        {"設定されていません", "none"}, ask);
    const std::string name = look.line.names.empty() ? "." : look.line.names.front();
    std::vector<std::future<Resolved>> running;
    for (const std::string& server : wanted)
        running.push_back(std::async(std::launch::async, [&, server] {
            return resolve(server, name, dns::Type::a, look.settings.patience);
        }));
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        const Resolved got = running[at].get();
        const Text label{"DNSサーバー " + wanted[at], "DNS server " + wanted[at]};
        const Text limit{fmt::format("{:.0f}ミリ秒以内に返事", look.line.answer_limit),
                         fmt::format("an answer within {:.0f} ms", look.line.answer_limit)};
        if (got.cut) {
            look.add(
                "dns", label, Standing::failed, limit,
                {"長い返事が切れ、TCPでも届きません", "long answers are cut and do not come over TCP"},
                {"「DNSサーバーに TCP の 53 番で届きません。ルーターで止めていませんか」と聞いてください。",
                 "ask whether the router blocks TCP port 53 to the DNS server"});
            continue;
        }
        if (!got.answer) {
            look.add("dns", label, look.line.closed ? Standing::not_checkable : Standing::failed, limit,
                     no_reply_text(got.answer.error()), ask);
            continue;
        }
        const int code = got.answer->code;
        const bool answers = code == dns::found || code == dns::no_such_name;
        if (answers && look.server.empty()) {
            look.server = wanted[at];
            look.edns = got.answer->edns ? Edns::yes : Edns::no;
        }
        const Standing standing = !answers                               ? Standing::failed
                                  : got.took_ms > look.line.answer_limit ? Standing::attention
                                                                         : Standing::good;
        Text seen{fmt::format("{:.0f}ミリ秒", got.took_ms), fmt::format("{:.0f} ms", got.took_ms)};
        if (answers && !got.answer->edns) // old, and enough: the C library does not ask with it either
            seen = {seen.ja + "（EDNSなし）", seen.en + ", no EDNS"};
        look.add("dns", label, standing, limit, answers ? seen : code_text(code),
                 answers ? Text{"「DNSの返事が遅い」と伝えてください。", "tell that DNS answers slowly"}
                         : Text{"「DNSサーバーの返事: " + code_text(code).ja + "」と伝えてください。",
                                "tell what the DNS server says: " + code_text(code).en});
    }
}

void look_at_names(Inspection& look) {
    std::vector<std::future<Addresses>> running;
    for (const std::string& name : look.line.names)
        running.push_back(std::async(std::launch::async, [&look, name] {
            return addresses_of(look.server, look.edns, name, look.settings.patience);
        }));
    std::vector<Addresses> answers;
    for (auto& one : running)
        answers.push_back(one.get());
    // A closed network's names are known in it alone. Where its DNS servers are not named and this computer's
    // own knows none of the names, this computer is not in it.
    look.outside =
        look.line.closed && look.line.dns.empty() &&
        std::ranges::all_of(answers, [](const Addresses& one) { return one.heard && one.all().empty(); });
    for (std::size_t at = 0; at < answers.size(); ++at) {
        const Addresses& found = answers[at];
        const std::vector<std::string> all = found.all();
        const bool usable = (look.line.ipv4 && !found.ipv4.empty()) ||
                            (look.line.ipv6 && !found.ipv6.empty()) ||
                            (!look.line.ipv4 && !look.line.ipv6 && !all.empty());
        Text seen = plain(joined(all));
        if (!found.heard)
            seen = {"DNSから返事がありません", "no answer from DNS"};
        else if (all.empty())
            seen = found.code == dns::found ? Text{"アドレスがないと言われました", "no address"}
                                            : code_text(found.code);
        else if (!usable)
            seen = {joined(all) + "（この回線では使えない種類）",
                    joined(all) + " (a family this line has not)"};
        look.add("name", plain(look.line.names[at]),
                 usable                         ? Standing::good
                 : found.heard && !look.outside ? Standing::failed
                                                : look.unreached(),
                 {"アドレスが引ける", "resolves"}, seen,
                 !found.heard ? Text{"先にDNSサーバーの返事を直してください。", "mend the DNS server first"}
                 : found.code != dns::found && found.code != dns::no_such_name
                     ? Text{"「DNSサーバーが " + look.line.names[at] + " を調べられません（" +
                                code_text(found.code).ja + "）」と伝えてください。",
                            "tell that the DNS server could not look " + look.line.names[at] + " up (" +
                                code_text(found.code).en + ")"}
                     : Text{"「" + look.line.names[at] +
                                " の名前が引けません。接続先の設定は最新ですか」と聞いてください。",
                            "ask: " + look.line.names[at] +
                                " does not resolve; is the list of names still right?"});
    }
}

} // namespace kaomon::network
