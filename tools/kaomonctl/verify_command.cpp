// kaomonctl verify: one patient, told step by step, ended by a result whose signature is checked.
#include "proto/exit_code.hpp"
#include "tools/command/word_option.hpp"
#include "tools/kaomonctl/result_check.hpp"
#include "tools/kaomonctl/supply.hpp"
#include "tools/kaomonctl/verify_request.hpp"

#include <boost/json/value.hpp>

#include <array>
#include <cstdio>

namespace kaomon::kaomonctl {
namespace {

struct VerifyOptions {
    std::string nonce; // empty: a fresh one
    SupplyOptions supply;
    RequestOptions request;
    std::string keys; // JWK file; empty: asked from the daemon before the verification
    bool allow_simulated = false;
};

namespace json = boost::json;

// A refused number is told in two replies; the question comes after the last of them.
constexpr Milliseconds quiet_before_question{200};

// Those of a reply that this program knows.
std::vector<Method> methods_at(const json::object& object, std::string_view key) {
    std::vector<Method> methods;
    const json::value* found = object.if_contains(key);
    if (found != nullptr && found->is_array()) {
        for (const json::value& one : found->get_array()) {
            const auto known = one.is_string() ? from_word<Method>(one.get_string()) : std::nullopt;
            if (known)
                methods.push_back(*known);
        }
    }
    return methods;
}

class Verification {
  public:
    Verification(const Common& common, const VerifyOptions& options)
        : common_(common), options_(options), supply_(common.language(), options.supply) {}

    int run() {
        json::object parameters;
        if (const auto trouble = fill(parameters); !trouble.empty())
            return usage(common_, trouble);
        const auto keys = load_keys(common_, options_.keys); // before the result they are to check
        if (!keys)
            return keys.error().exit_code;
        auto client = Client::connect(common_.socket);
        if (!client)
            return unreachable(common_, client.error());
        begun_ = SteadyClock::now();
        (void)client->send("org.kaomon.Verification.Verify", parameters, true);
        parameters.clear();
        return follow(*client, *keys);
    }

  private:
    // What the caller wants; the trouble with it, if any.
    std::string fill(json::object& parameters) {
        nonce_ = options_.nonce.empty() ? random_text() : options_.nonce;
        if (nonce_.empty())
            return "no random numbers";
        parameters["nonce"] = nonce_;
        if (auto trouble = supply_.load(); !trouble.empty())
            return trouble;
        parameters["methods"] = supply_.methods();
        supply_.fill(parameters);
        kaomonctl::fill(parameters, options_.request);
        return {};
    }

    int follow(Client& client, const std::string& keys) {
        bool asking = false;
        while (true) {
            const auto reply = client.receive(asking ? std::optional(quiet_before_question) : std::nullopt);
            if (!reply)
                return unreachable(common_, reply.error());
            if (!*reply) {
                asking = false;
                if (const int code = hand_in(); code != exit_ok)
                    return code;
                continue;
            }
            if (!(*reply)->error.empty())
                return refused(common_, common_.json, **reply);
            const json::object& step = (*reply)->parameters;
            session_ = text_at(step, "session");
            print_step(step);
            const json::object* hint = object_at(step, "hint");
            consent_is_wanted_ = hint != nullptr && text_at(*hint, "word") == word(Reason::consent_missing);
            number_is_wanted_ = text_at(step, "state") == "waiting_access_number";
            open_ = methods_at(step, "methods");
            asking = options_.supply.at_desk ? false
                     : consent_is_wanted_    ? true
                     : number_is_wanted_     ? options_.supply.interactive
                                             : text_at(step, "state") == "waiting_method";
            if (!(*reply)->continues)
                return conclude(step, keys);
        }
    }

    std::int64_t elapsed() const {
        return std::chrono::duration_cast<Milliseconds>(SteadyClock::now() - begun_).count();
    }

    void print_step(const json::object& step) {
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
            tries != nullptr && tries->is_int64() && tries_told_ != tries->get_int64()) {
            tries_told_ = tries->get_int64(); // once, and again after every number that the card refused
            line +=
                std::string(say(common_.language(), "  照合番号の残り ", "  tries left for the number: ")) +
                std::to_string(tries->get_int64()) + std::string(say(common_.language(), " 回", ""));
        }
        if (const auto* tries = step.if_contains("pin_tries_left");
            tries != nullptr && tries->is_int64() && pin_tries_told_ != tries->get_int64()) {
            pin_tries_told_ = tries->get_int64();
            line += std::string(say(common_.language(), "  暗証番号の残り ", "  tries left for the PIN: ")) +
                    std::to_string(tries->get_int64()) + std::string(say(common_.language(), " 回", ""));
        }
        print_line(line);
    }

    // What comes next, handed in over a second connection; where there is nothing more the session is ended.
    int hand_in() {
        auto fields = consent_is_wanted_ ? supply_.consent(options_.request.attributes)
                                         : supply_.next(number_is_wanted_, open_);
        if (!fields)
            return usage(common_, fields.error());
        const std::string method = std::string("org.kaomon.Verification.") + (*fields ? "Provide" : "Cancel");
        json::object parameters = *fields ? std::move(**fields) : json::object();
        parameters["session"] = session_;
        auto second = Client::connect(common_.socket);
        const auto answer = second ? second->call(method, parameters) : std::unexpected(second.error());
        if (!answer)
            return unreachable(common_, answer.error());
        if (answer->error.empty() || answer->error == "org.kaomon.Verification.NoSuchSession")
            return exit_ok; // of an ended session the first connection tells
        refused(common_, common_.json, *answer);
        return answer->error == "org.kaomon.Verification.Refused" ? hand_in() : exit_refused;
    }

    int conclude(const json::object& step, const std::string& keys) {
        const json::object* verdict = object_at(step, "verdict");
        const std::string_view jws = text_at(step, "result");
        if (verdict == nullptr)
            return unreachable(common_, "the daemon gave no verdict");
        if (jws.empty())
            return conclude_unsigned(*verdict);
        auto claims = check_now(jws, keys, {.nonce = nonce_, .audience = std::nullopt}); // it is made for us
        if (claims && (claims->jti != session_ || word(claims->decision) != text_at(*verdict, "decision")))
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
        return exit_code_of(*claims, options_.allow_simulated);
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
    Supply supply_;
    std::string nonce_, session_;
    bool number_is_wanted_ = false, consent_is_wanted_ = false; // in the last reply
    std::vector<Method> open_;                                  // methods in the last reply
    Instant begun_;
    std::optional<std::int64_t> tries_told_, pin_tries_told_;
};

} // namespace

void add_verify(Commands& commands) {
    const auto options = std::make_shared<VerifyOptions>();
    CLI::App* sub =
        commands.add("verify", "verify one patient and check the signed result",
                     [&common = commands.common, options] { return Verification(common, *options).run(); });
    sub->add_option("--nonce", options->nonce, "16..128 printable characters (default: a fresh random one)");
    SupplyOptions& supply = options->supply;
    auto* number =
        sub->add_option("--number-from", supply.number_from,
                        "file with the 14 digits of verification number B, or - for standard input");
    auto* year = sub->add_option("--era-year", supply.era_year, "era year of birth, 2 digits");
    auto* code = sub->add_option("--security-code-from", supply.security_code_from,
                                 "file with the 4 digits of the security code, or - for standard input");
    number->excludes(year)->excludes(code);
    year->needs(code);
    code->needs(year);
    sub->add_flag("--compared", supply.compared,
                  "a person has compared the number with the card's face (after access_number_unchecked)")
        ->needs(number);
    sub->add_option("--pin-from", supply.pin_from,
                    "file with the PIN of the sign-in key, 4 digits, or - for standard input: this method, "
                    "after the face "
                    "if a number is given too");
    auto* staff = sub->add_option("--staff", supply.staff,
                                  "id of the member of staff who compared the person with the card's printed "
                                  "photograph: this method, after the others");
    auto* reason = add_word(*sub, "--staff-reason", supply.staff_reason, "why the visual check was needed");
    auto* denies = sub->add_flag("--staff-denies", supply.staff_denies, "it is not the person");
    staff->needs(reason);
    denies->needs(staff);
    sub->add_option(
        "--idempotency-key", supply.idempotency_key,
        "names the act in which the person keyed these in, 8 characters or more; the same for a repeated "
        "call, which then costs no second try (default: a random one)");
    auto* interactive =
        sub->add_flag("--interactive", supply.interactive,
                      "ask for number, PIN (both without showing them) or visual check when they are needed");
    sub->add_flag("--at-desk", supply.at_desk,
                  "number, PIN, consent and visual check come from the patient's screen and from staff; "
                  "nothing is asked here")
        ->excludes(interactive);
    add_request(*sub, options->request);
    auto* consent = sub->add_option("--consent", supply.consent,
                                    "the patient's answer to --want, yes or no (default: it is asked for)");
    consent->check(CLI::IsMember({"yes", "no"}));
    sub->add_option("--consent-staff", supply.consent_staff,
                    "id of the member of staff who answers for a patient who cannot")
        ->needs(consent);
    sub->add_flag(allow_simulated_option, options->allow_simulated, allow_simulated_help);
    sub->add_option("--keys", options->keys,
                    "JWK file to check the result with (default: asked from the daemon beforehand)");
}

} // namespace kaomon::kaomonctl
