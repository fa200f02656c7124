// This computer's clock, held against the line's time server.
#include "tools/clinic/network/inspection.hpp"
#include "tools/clinic/network/resolver.hpp"
#include "tools/clinic/network/sntp.hpp"

#include <fmt/format.h>

#include <cmath>

namespace kaomon::network {
namespace {

constexpr std::uint16_t ntp_port = 123;

void judge(Inspection& look, const Text& label, const Text& expected, const sntp::Answer& answer) {
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
    const bool right = size <= look.line.clock_limit;
    if (answer.stratum == 0)
        return look.add(
            "clock", label, Standing::failed, expected,
            {"時刻サーバーに断られました", "the time server refuses"},
            {"「時刻サーバーに断られます」と伝えてください。", "tell that the time server refuses"});
    if (!answer.synchronised) // then its time says nothing about this computer's
        return look.add(
            "clock", label, Standing::attention, expected,
            {"時刻サーバー自身が時刻を合わせていません", "the time server itself is not synchronised"},
            {"「時刻サーバーが同期していません」と伝えてください。",
             "tell that the time server is not synchronised"});
    look.add("clock", label, right ? Standing::good : Standing::failed, expected, seen,
             {"このパソコンの時計を合わせてください。時計が違うと証明書が使えません。",
              "set this computer's clock: certificates fail with a wrong one"});
}

} // namespace

void look_at_clock(Inspection& look) {
    if (look.line.ntp.empty())
        return;
    const Text label{"時計（" + look.line.ntp + "）", "clock (" + look.line.ntp + ")"},
        expected{fmt::format("ずれが{:g}秒以内", look.line.clock_limit),
                 fmt::format("off by {:g} s at most", look.line.clock_limit)};
    const Text ask{"「時刻サーバー " + look.line.ntp + " から返事がありません」と伝えてください。",
                   "tell that the time server does not answer"};
    const std::vector<std::string> all =
        addresses_of(look.server, look.edns, look.line.ntp, look.settings.patience).all();
    NoReply why = NoReply::failed;
    for (const std::string& address : all) {
        const auto cookie = random_number<std::uint64_t>();
        const auto sent = sntp::Clock::now();
        std::optional<sntp::Answer> answer;
        const auto got =
            ask_udp(address, ntp_port, sntp::request(cookie), look.settings.patience, [&](ByteView message) {
                answer = sntp::read(message, cookie, sent, sntp::Clock::now());
                return answer.has_value();
            });
        if (!got) {
            why = got.error();
            continue;
        }
        return judge(look, label, expected, *answer);
    }
    if (all.empty())
        return look.add("clock", label, look.unreached(), expected,
                        {"名前が引けないため、聞けません", "its name does not resolve"},
                        {"「時刻サーバーの名前 " + look.line.ntp + " が引けません」と伝えてください。",
                         "tell that the time server's name does not resolve"});
    look.add("clock", label, look.unreached(), expected, no_reply_text(why), ask);
}

} // namespace kaomon::network
