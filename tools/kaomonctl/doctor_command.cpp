// kaomonctl doctor: what is wrong, and what to do about it.
#include "proto/exit_code.hpp"
#include "tools/command/findings.hpp"
#include "tools/doctor/doctor.hpp"
#include "tools/kaomonctl/commands.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

namespace kaomon::kaomonctl {
namespace {

std::optional<doctor::Told> told_by(const std::string& socket) {
    auto client = Client::connect(socket);
    if (!client)
        return std::nullopt;
    auto info = client->call("org.kaomon.Device.GetInfo");
    auto status = client->call("org.kaomon.Device.Watch");
    if (!info || !status || !info->error.empty() || !status->error.empty())
        return std::nullopt;
    const auto* now = object_at(status->parameters, "status");
    return now == nullptr ? std::nullopt : std::optional(doctor::Told{std::move(info->parameters), *now});
}

int examine(const Common& common, const std::string& file) {
    const Language language = common.language();
    const doctor::Subject subject{config::load_named(file), file.empty() ? config::installed_file : file,
                                  common.socket, told_by(common.socket)};
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
