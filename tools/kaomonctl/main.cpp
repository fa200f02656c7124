// kaomonctl: options and subcommands. What each does stands in a file of its own.
#include "tools/kaomonctl/commands.hpp"
#include "tools/kaomonctl/exit_codes.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <map>

namespace kaomon::kaomonctl {
namespace {

int run(int argc, char** argv) {
    CLI::App app{"kaomonctl - talks to kaomond, the face-authentication card reader for My Number Cards"};
    app.set_version_flag("--version", std::string("kaomonctl ") + KAOMON_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(std::string(exit_codes_text) + "\nSee kaomonctl(1).");

    Common common;
    common.language = language_of_environment();
    app.add_option("--socket", common.socket, "the daemon's socket")
        ->envname("KAOMON_SOCKET")
        ->capture_default_str();
    app.add_option("--lang", common.language, "language of the sentences: ja or en (default: from LANG)")
        ->transform(CLI::Transformer(
            std::map<std::string, Language>{{"ja", Language::japanese}, {"en", Language::english}}))
        ->type_name("LANG");

    std::function<int()> chosen;
    const auto command = [&](const char* name, const char* help, std::function<int()> act) {
        CLI::App* sub = app.add_subcommand(name, help);
        sub->add_flag("--json", common.json, "one JSON object a line instead of sentences");
        sub->fallthrough();
        sub->callback([&chosen, act = std::move(act)] { chosen = act; });
        return sub;
    };

    command("status", "what the device is and what stands on it now", [&] { return status(common); });
    command("watch", "a line for every change at the desk, until interrupted", [&] { return watch(common); });

    VerifyOptions verify_options;
    CLI::App* sub = command("verify", "verify one patient and check the signed result",
                            [&] { return verify(common, verify_options); });
    sub->add_option("--nonce", verify_options.nonce,
                    "16..128 printable characters (default: a fresh random one)");
    auto* number =
        sub->add_option("--number-from", verify_options.number_from,
                        "file with the 14 digits of verification number B, or - for standard input");
    auto* year = sub->add_option("--era-year", verify_options.era_year, "era year of birth, 2 digits");
    auto* code = sub->add_option("--security-code-from", verify_options.security_code_from,
                                 "file with the 4 digits of the security code, or - for standard input");
    number->excludes(year)->excludes(code);
    year->needs(code);
    code->needs(year);
    sub->add_flag("--interactive", verify_options.interactive,
                  "ask for the number, without showing it, when it is needed");
    sub->add_option("--deadline", verify_options.deadline, "longest time in seconds (default: the daemon's)")
        ->check(CLI::Range(1, 600));
    sub->add_option("--keys", verify_options.keys,
                    "JWK file to check the result with (default: asked from the daemon beforehand)");

    CallOptions call_options;
    sub = command("call", "call any method and print the parameters of its replies",
                  [&] { return call(common, call_options); });
    sub->add_option("METHOD", call_options.method, "e.g. org.kaomon.Device.GetInfo")->required();
    sub->add_option("PARAMETERS", call_options.parameters, "JSON object")->capture_default_str();
    sub->add_flag("--more", call_options.more, "take more than one reply");

    CheckOptions check_options;
    sub = command("check-result", "check a signed result: signature, time, nonce",
                  [&] { return check_result(common, check_options); });
    sub->add_option("JWS", check_options.jws, "the result, or - for standard input")->required();
    sub->add_option("--keys", check_options.keys, "JWK file (default: asked from the daemon)");
    sub->add_option("--nonce", check_options.nonce, "what the result must have been asked with");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_ok : exit_usage;
    }
    return chosen();
}

} // namespace
} // namespace kaomon::kaomonctl

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_DFL);
    try {
        return kaomon::kaomonctl::run(argc, argv);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "kaomonctl: %s\n", fault.what());
        return kaomon::kaomonctl::exit_usage;
    }
}
