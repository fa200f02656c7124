// kaomonctl check-result: is this signed result to be trusted, and what does it say.
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/result_check.hpp"

#include <iostream>
#include <memory>

namespace kaomon::kaomonctl {
namespace {

struct CheckOptions {
    std::string jws;   // or "-": standard input
    std::string keys;  // JWK file; empty: the daemon's
    std::string nonce; // empty: not compared
    bool any_nonce = false;
    std::string audience; // the verifier's own name
    bool allow_simulated = false;
};

int check_result(const Common& common, const CheckOptions& options) {
    if (options.nonce.empty() && !options.any_nonce) {
        return usage(
            common,
            say(common.language(),
                "--nonce か --any-nonce が要ります（nonce を比べないと、前の来院の結果と区別できません）",
                "--nonce or --any-nonce is required (without it an earlier visit's result looks the same)"));
    }
    std::string jws = options.jws;
    if (jws == "-")
        std::getline(std::cin, jws);
    while (!jws.empty() && (jws.back() == '\r' || jws.back() == ' '))
        jws.pop_back();
    const auto keys = load_keys(common, options.keys);
    if (!keys)
        return keys.error().exit_code;
    const auto claims = check_now(jws, *keys, {.nonce = options.nonce, .audience = options.audience});
    if (!claims) {
        if (common.json) {
            print_json({{"signature", "invalid"}, {"detail", claims.error().detail}});
        } else {
            print_line(
                std::string(say(common.language(), "この結果は信用できません: ", "NOT TO BE TRUSTED: ")) +
                claims.error().detail);
        }
        return exit_result_invalid;
    }
    if (common.json) {
        print_json(claims_as_json(*claims));
    } else {
        print_claims(common.language(), *claims);
    }
    return exit_code_of(*claims, options.allow_simulated);
}

} // namespace

void add_check_result(Commands& commands) {
    const auto options = std::make_shared<CheckOptions>();
    CLI::App* sub =
        commands.add("check-result", "check a signed result: signature, time, nonce",
                     [&common = commands.common, options] { return check_result(common, *options); });
    sub->add_option("JWS", options->jws, "the result, or - for standard input")->required();
    sub->add_option("--keys", options->keys, "JWK file (default: asked from the daemon)");
    auto* nonce = sub->add_option("--nonce", options->nonce, "what the result must have been asked with");
    sub->add_flag("--any-nonce", options->any_nonce,
                  "do not compare it: the result may be an earlier visit's, shown again")
        ->excludes(nonce);
    sub->add_option(
        "--audience", options->audience,
        "your name in the device's configuration; a result that is made for somebody else is none");
    sub->add_flag(allow_simulated_option, options->allow_simulated, allow_simulated_help);
}

} // namespace kaomon::kaomonctl
