// kaomonctl verify: one patient, told step by step, ended by a result whose signature is checked.
#include "tools/kaomonctl/result_check.hpp"
#include "tools/kaomonctl/secret_input.hpp"
#include "tools/words/exit_code.hpp"

#include <boost/json/value.hpp>
#include <sys/random.h>

#include <array>
#include <cstdio>

namespace kaomon::kaomonctl {
namespace {

struct VerifyOptions {
    std::string nonce;              // empty: a fresh one
    std::string number_from;        // file, or "-": standard input
    std::string era_year;           // 2 digits
    std::string security_code_from; // as number_from
    std::string keys;               // JWK file; empty: asked from the daemon before the verification
    int deadline = 0;               // seconds; 0: the daemon's
    bool interactive = false;
};

namespace json = boost::json;

// A refused number is told in two replies; the question comes after the last of them.
constexpr Milliseconds quiet_before_question{200};

// 192 random bits in base64url.
std::string fresh_nonce() {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::array<unsigned char, 32> random{};
    if (getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size()))
        return {};
    std::string nonce;
    for (const unsigned char byte : random)
        nonce += alphabet[byte & 63];
    return nonce;
}

class Verification {
  public:
    Verification(const Common& common, const VerifyOptions& options) : common_(common), options_(options) {}

    int run() {
        json::object parameters;
        if (const auto trouble = fill(parameters); !trouble.empty())
            return usage(common_.language(), trouble);
        const auto keys = load_keys(common_, options_.keys); // before the result they are to check
        if (!keys)
            return keys.error().exit_code;
        auto client = Client::connect(common_.socket);
        if (!client)
            return unreachable(common_.language(), common_.json, common_.socket, client.error());
        begun_ = SteadyClock::now();
        (void)client->send("org.kaomon.Verification.Verify", parameters, true);
        parameters.clear();
        return follow(*client, *keys);
    }

  private:
    // What the caller wants; the trouble with it, if any.
    std::string fill(json::object& parameters) {
        nonce_ = options_.nonce.empty() ? fresh_nonce() : options_.nonce;
        if (nonce_.empty())
            return "no random numbers";
        parameters["nonce"] = nonce_;
        if (options_.deadline > 0)
            parameters["deadline_ms"] = std::int64_t{options_.deadline} * 1000;
        json::object access;
        const auto take = [&](const char* name, const std::string& source) -> std::string {
            const auto secret = read_secret(source);
            if (!secret)
                return secret.error();
            access[name] = secret->view();
            return {};
        };
        std::string trouble;
        if (!options_.number_from.empty())
            trouble = take("number", options_.number_from);
        if (!options_.security_code_from.empty())
            trouble = take("security_code", options_.security_code_from);
        if (!options_.era_year.empty())
            access["era_year"] = options_.era_year;
        if (!access.empty())
            parameters["access"] = std::move(access);
        return trouble;
    }

    int follow(Client& client, const std::string& keys) {
        bool asking = false;
        while (true) {
            const auto reply = client.receive(asking ? std::optional(quiet_before_question) : std::nullopt);
            if (!reply)
                return unreachable(common_.language(), common_.json, common_.socket, reply.error());
            if (!*reply) {
                asking = false;
                if (const int code = ask(); code != exit_ok)
                    return code;
                continue;
            }
            if (!(*reply)->error.empty())
                return refused(common_.language(), common_.json, **reply);
            const json::object& step = (*reply)->parameters;
            session_ = text_at(step, "session");
            tell(step);
            asking = options_.interactive && text_at(step, "state") == "waiting_access";
            if (!(*reply)->continues)
                return conclude(step, keys);
        }
    }

    std::int64_t elapsed() const {
        return std::chrono::duration_cast<Milliseconds>(SteadyClock::now() - begun_).count();
    }

    void tell(const json::object& step) {
        if (common_.json) {
            json::object line{{"elapsed_ms", elapsed()}};
            line.insert(step.begin(), step.end());
            return print_json(line);
        }
        std::array<char, 24> time{};
        std::snprintf(time.data(), time.size(), "%7.2f %s  ", static_cast<double>(elapsed()) / 1000,
                      common_.language() == Language::japanese ? "秒" : "s");
        std::string line = time.data() + std::string(state_text(common_.language(), text_at(step, "state")));
        if (const auto* hint = object_at(step, "hint"))
            line += ": " + message_text(common_.language(), *hint);
        if (const auto* tries = step.if_contains("tries_left");
            tries != nullptr && tries->is_int64() && !tries_told_) {
            tries_told_ = true;
            line +=
                std::string(say(common_.language(), "  照合番号の残り ", "  tries left for the number: ")) +
                std::to_string(tries->get_int64()) + std::string(say(common_.language(), " 回", ""));
        }
        print_line(line);
    }

    // A number from the keyboard, handed in over a second connection.
    int ask() {
        json::object access;
        auto number =
            prompt_secret(say(common_.language(), "照合番号B 14桁（空欄なら年とセキュリティコード）: ",
                              "Verification number B, 14 digits (empty: era year and security code): "));
        if (!number)
            return usage(common_.language(), number.error());
        if (!number->empty()) {
            access["number"] = number->view();
        } else {
            const auto year =
                prompt_secret(say(common_.language(), "生年（和暦2桁）: ", "Era year of birth, 2 digits: "));
            const auto code = prompt_secret(
                say(common_.language(), "セキュリティコード4桁: ", "Security code, 4 digits: "));
            if (!year || !code || year->empty() || code->empty())
                return usage(common_.language(), "no number was given");
            access["era_year"] = year->view();
            access["security_code"] = code->view();
        }
        auto second = Client::connect(common_.socket);
        const auto answer = second ? second->call("org.kaomon.Verification.Provide",
                                                  {{"session", session_}, {"access", std::move(access)}})
                                   : std::unexpected(second.error());
        if (!answer)
            return unreachable(common_.language(), common_.json, common_.socket, answer.error());
        if (answer->error.empty() || answer->error == "org.kaomon.Verification.NoSuchSession")
            return exit_ok; // of an ended session the first connection tells
        refused(common_.language(), common_.json, *answer);
        return answer->error == "org.kaomon.Verification.Refused" ? ask() : exit_refused;
    }

    int conclude(const json::object& step, const std::string& keys) {
        const json::object* verdict = object_at(step, "verdict");
        const std::string_view jws = text_at(step, "result");
        if (verdict == nullptr)
            return unreachable(common_.language(), common_.json, common_.socket,
                               "the daemon gave no verdict");
        if (jws.empty())
            return conclude_unsigned(*verdict);
        auto claims = check_now(jws, keys, nonce_);
        if (claims && (claims->jti != session_ || claims->decision != text_at(*verdict, "decision")))
            claims = fail(Reason::result_invalid, "the result is of another session, or says another thing");
        if (!claims) {
            if (common_.json) {
                print_json({{"signature", "invalid"}, {"detail", claims.error().detail}, {"result", jws}});
            } else {
                print_line(
                    std::string(say(common_.language(), "結果の署名が正しくありません。使わないでください: ",
                                    "the result is NOT TO BE TRUSTED: ")) +
                    claims.error().detail);
            }
            return exit_result_invalid;
        }
        if (common_.json) {
            json::object line = claims_as_json(*claims);
            line["elapsed_ms"] = elapsed();
            line["result"] = jws;
            print_json(line);
        } else {
            print_claims(common_.language(), *claims);
            print_line(
                std::string(say(common_.language(), "  結果        JWS ", "  result      JWS ")) +
                std::string(jws.substr(0, 24)) + "…" + std::string(jws.substr(jws.size() - 12)) +
                std::string(say(common_.language(), "（全体は --json）", " (--json prints it whole)")));
        }
        return exit_code_of(*claims);
    }

    // Nothing unsigned is ever taken for a yes or a no.
    int conclude_unsigned(const json::object& verdict) const {
        const json::object* reason = object_at(verdict, "reason");
        const json::object message = reason == nullptr ? json::object() : *reason;
        if (common_.json) {
            print_json({{"decision", "undecided"},
                        {"reason", text_at(message, "word")},
                        {"message", message},
                        {"signature", "none"},
                        {"elapsed_ms", elapsed()}});
        } else {
            print_line(std::string(decision_text(common_.language(), "undecided")) + ": " +
                       message_text(common_.language(), message));
        }
        return exit_undecided;
    }

    const Common& common_;
    const VerifyOptions& options_;
    std::string nonce_, session_;
    Instant begun_;
    bool tries_told_ = false;
};

} // namespace

void add_verify(Commands& commands) {
    const auto options = std::make_shared<VerifyOptions>();
    CLI::App* sub =
        commands.add("verify", "verify one patient and check the signed result",
                     [&common = commands.common, options] { return Verification(common, *options).run(); });
    sub->add_option("--nonce", options->nonce, "16..128 printable characters (default: a fresh random one)");
    auto* number =
        sub->add_option("--number-from", options->number_from,
                        "file with the 14 digits of verification number B, or - for standard input");
    auto* year = sub->add_option("--era-year", options->era_year, "era year of birth, 2 digits");
    auto* code = sub->add_option("--security-code-from", options->security_code_from,
                                 "file with the 4 digits of the security code, or - for standard input");
    number->excludes(year)->excludes(code);
    year->needs(code);
    code->needs(year);
    sub->add_flag("--interactive", options->interactive,
                  "ask for the number, without showing it, when it is needed");
    sub->add_option("--deadline", options->deadline, "longest time in seconds (default: the daemon's)")
        ->check(CLI::Range(1, 600));
    sub->add_option("--keys", options->keys,
                    "JWK file to check the result with (default: asked from the daemon beforehand)");
}

} // namespace kaomon::kaomonctl
