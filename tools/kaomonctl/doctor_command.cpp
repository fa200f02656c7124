// kaomonctl doctor: what is wrong, and what to do about it.
#include "proto/exit_code.hpp"
#include "tools/command/findings.hpp"
#include "tools/kaomonctl/commands.hpp"
#include "tools/kaomonctl/gateway_service.hpp"
#include "tools/kaomonctl/told.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

namespace kaomon::kaomonctl {
namespace {

doctor::Gateway gateway_seen() {
    doctor::Gateway seen{gateway::load_installed_settings(), {}};
    if (seen.settings) {
        if (const auto answer = ask_gateway(seen.settings->port, "/health"))
            seen.health = answer->first;
    }
    return seen;
}

int examine(const Common& common, const std::string& file) {
    const Language language = common.language();
    doctor::Subject subject{config::load_named(file), file.empty() ? config::installed_file : file,
                            common.socket, told_by(common.socket)};
    if (subject.config && !subject.config->socket.gateway_user.empty())
        subject.gateway = gateway_seen();
    const bool shows_progress = isatty(STDERR_FILENO) == 1 && !common.json;
    const auto findings = doctor::examine(subject, [&](const Text& what) {
        if (shows_progress)
            std::cerr << "\r\033[K" << say(language, what) << " …" << std::flush;
    });
    if (shows_progress)
        std::cerr << "\r\033[K" << std::flush;
    const int code = doctor::exit_code_of(findings);
    if (common.json) {
        print_json({{"checks", findings_json(findings, language)}, {"exit_code", code}});
        return code;
    }
    print_findings(findings, language);
    const auto failed = count(findings, Standing::failed), attention = count(findings, Standing::attention),
               unknown = count(findings, Standing::not_checkable);
    if (failed + attention + unknown == 0)
        print_line(std::string(say(language, "悪いところは見つかりませんでした。", "nothing is wrong")));
    else
        print_line(fmt::format(fmt::runtime(say(language, "だめ {}、注意 {}、確かめられないもの {}",
                                                "failed {}, attention {}, not checkable {}")),
                               failed, attention, unknown));
    return code;
}

} // namespace

void add_doctor(Commands& commands) {
    auto file = std::make_shared<std::string>();
    auto* sub = commands.add("doctor", "what is wrong with the device, and what to do about it",
                             [&common = commands.common, file] { return examine(common, *file); });
    sub->add_option("--config", *file, "the daemon's configuration (default: the installed one)");
}

} // namespace kaomon::kaomonctl
