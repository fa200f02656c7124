#include "tools/kaomonctl/result_check.hpp"

#include "proto/exit_code.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <ctime>
#include <fstream>
#include <iterator>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;

constexpr std::streamsize longest_key_file = 64 * 1024; // bytes; a set has under 1 KiB

json::object message_of(std::string_view word) {
    const auto reason = from_word<Reason>(word);
    if (!reason)
        return {{"word", word},
                {"who_can_act", "vendor"},
                {"ja", ""},
                {"en", "a reason this program does not know"}};
    const ReasonEntry& entry = describe(*reason);
    return {{"word", entry.word},
            {"who_can_act", kaomon::word(entry.who_can_act)},
            {"ja", entry.japanese},
            {"en", entry.english}};
}

std::string joined(Language language, const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += text.empty() ? "" : say(language, "、", ", ");
        text += term(language, word);
    }
    return text;
}

// A reason's word: in Japanese its sentence.
std::string reason_text(Language language, const std::string& word) {
    const auto reason = from_word<Reason>(word);
    return language == Language::japanese && reason ? std::string(describe(*reason).japanese) : word;
}

void print_claim(Language language, std::string_view japanese, std::string_view english,
                 std::string_view value) {
    print_line("  " + std::string(say(language, japanese, english)) + std::string(value));
}

// Whom it names, and whether it is whom the caller expected.
void print_subject(Language language, const result::Claims& claims) {
    if (const auto& subject = claims.subject)
        print_claim(language, "患者番号    ", "subject     ",
                    subject->reference + " (" + std::string(term(language, word(subject->kind))) + ")" +
                        (subject->previous.empty()
                             ? ""
                             : std::string(say(language, "、前の番号 ", ", before ")) + subject->previous));
    if (const auto& expected = claims.expected) {
        if (expected->birth_date)
            print_claim(language, "生年月日    ", "birth date  ",
                        term(language, word(*expected->birth_date)));
        if (expected->reference)
            print_claim(language, "来るはずの人", "expected    ", term(language, word(*expected->reference)));
    }
}

// Whom it is for, what for, and what it tells of the holder.
void print_request(Language language, const result::Claims& claims) {
    if (!claims.aud.empty())
        print_claim(language, "渡す相手    ", "audience    ", claims.aud);
    if (!claims.purpose.word.empty())
        print_claim(language, "利用目的    ", "purpose     ",
                    claims.purpose.word + (claims.purpose.sentence.empty() ? "" : ": ") +
                        claims.purpose.sentence);
    const auto& attributes = claims.attributes;
    if (!attributes)
        return;
    for (const auto& [which, value] : attributes->values)
        print_claim(language, "カードの情報", "holder      ",
                    fmt::format("{}: {}", term(language, word(which)),
                                which == Attribute::sex ? term(language, value) : std::string_view(value)));
    if (!attributes->withheld.empty())
        print_claim(language, "カードの情報", "holder      ", reason_text(language, attributes->withheld));
    else if (attributes->consent)
        print_claim(language, "同意        ", "consent     ",
                    attributes->staff.empty() ? term(language, word(*attributes->consent))
                                              : std::string_view(attributes->staff));
}

} // namespace

std::expected<std::string, NoKeys> load_keys(const Common& common, const std::string& file) {
    if (!file.empty()) {
        std::ifstream stream(file, std::ios::binary);
        std::string text(static_cast<std::size_t>(longest_key_file), '\0');
        stream.read(text.data(), longest_key_file);
        text.resize(static_cast<std::size_t>(stream.gcount()));
        if (text.empty())
            return std::unexpected(NoKeys{usage(common, file + ": cannot be read, or is empty")});
        return text;
    }
    auto client = Client::connect(common.socket);
    const auto reply = client ? client->call("org.kaomon.Device.GetKeys") : std::unexpected(client.error());
    if (!reply)
        return std::unexpected(NoKeys{unreachable(common, reply.error())});
    if (!reply->error.empty())
        return std::unexpected(NoKeys{refused(common, common.json, *reply)});
    return json::serialize(reply->parameters);
}

Result<result::Claims> check_now(std::string_view jws, std::string_view keys, result::Expectation expected) {
    expected.now = static_cast<std::int64_t>(std::time(nullptr));
    return result::check(jws, keys, expected);
}

void print_claims(Language language, const result::Claims& claims) {
    const auto line = [language](std::string_view japanese, std::string_view english,
                                 std::string_view value) { print_claim(language, japanese, english, value); };
    print_line(std::string(decision_text(language, word(claims.decision))) + ": " +
               message_text(language, message_of(claims.reason)));
    line("署名        正しい（発行者 ", "signature   valid, issued by ",
         claims.iss + std::string(say(language, "）", "")));
    print_subject(language, claims);
    print_request(language, claims);
    const bool by_pin = claims.method == Method::pin;
    line(by_pin ? "カード      電子証明書 " : "カード      写真の署名 ",
         by_pin ? "card        sign-in certificate " : "card        photograph's signature ",
         fmt::format("{}{}{}{}{}", term(language, word(claims.signature)),
                     say(language, "、チップ ", ", chip "), term(language, word(claims.chip)),
                     by_pin ? say(language, "、失効 ", ", revocation ") : "",
                     by_pin ? term(language, word(claims.revocation)) : ""));
    if (const auto& check = claims.visual_check)
        line("目視        ", "visual check   ",
             fmt::format("{} ({})", check->staff, term(language, word(check->reason))));
    for (const auto& one : claims.earlier)
        line("その前に    ", "before that ",
             fmt::format("{} {}", term(language, word(one.method)), reason_text(language, one.reason)));
    for (const auto& one : claims.suspicion)
        line("不正の疑い  ", "SUSPICION   ", reason_text(language, one));
    for (const auto& one : claims.warnings)
        line("お知らせ    ", "notice      ", message_text(language, message_of(one.reason)) + " " + one.day);
    std::string evidence;
    for (const auto& one : claims.liveness)
        evidence += fmt::format("{}{} {}", evidence.empty() ? "" : say(language, "、", ", "),
                                term(language, one.kind), term(language, word(one.outcome)));
    line("生体確認    ", "liveness    ",
         evidence.empty() ? say(language, "なし", "none") : std::string_view(evidence));
    if (!claims.policy.name.empty())
        line("判定基準    ", "policy      ", term(language, claims.policy.name));
    if (!claims.simulated.empty()) {
        line("模擬        ", "SIMULATED   ",
             joined(language, claims.simulated) + std::string(say(language, "（実際の患者には使えません）",
                                                                  " (not valid for any real patient)")));
    }
}

json::object claims_as_json(const result::Claims& claims) {
    return {{"decision", word(claims.decision)},
            {"reason", claims.reason},
            {"message", message_of(claims.reason)},
            {"signature", "valid"},
            {"claims", json::parse(result::to_json(claims))}};
}

int exit_code_of(const result::Claims& claims, bool simulated_allowed) {
    if (!claims.simulated.empty() && !simulated_allowed)
        return exit_result_invalid;
    switch (claims.decision) {
    case match::Decision::verified:
        return exit_ok;
    case match::Decision::not_verified:
        return exit_not_verified;
    case match::Decision::undecided:
        break;
    }
    return exit_undecided;
}

} // namespace kaomon::kaomonctl
