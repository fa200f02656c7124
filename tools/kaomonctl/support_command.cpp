// kaomonctl support-bundle: one text file for whoever helps from afar, which can be read before it is sent.
#include "daemon/config/key_name.hpp"
#include "proto/exit_code.hpp"
#include "tools/command/report_file.hpp"
#include "tools/doctor/doctor.hpp"
#include "tools/kaomonctl/commands.hpp"
#include "tools/kaomonctl/told.hpp"
#include "tools/support/machine.hpp"
#include "tools/support/scrub.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace kaomon::kaomonctl {
namespace {

// Who works there is nobody's business elsewhere.
constexpr std::array people_keys{std::string_view("verify_users"), std::string_view("staff_users"),
                                 std::string_view("audiences"), std::string_view("screen_users"),
                                 std::string_view("clinic")};

std::string configuration_text(const std::string& named) {
    const auto config = config::load_named(named);
    if (!config)
        return config.error().detail + "\n";
    std::string text;
    for (const auto& key : config::keys()) {
        const std::string value = config::value_as_toml(key, *config);
        if (value == config::value_as_toml(key, config::Config{}))
            continue;
        const bool of_people = std::ranges::find(people_keys, key.name) != people_keys.end();
        const auto entries = std::ranges::count(value, '"') / 2;
        text.append(name_of(key)).append(" = ");
        text += of_people ? "(" + std::to_string(entries) + " entries)\n" : value + "\n";
    }
    return text.empty() ? "as installed\n" : text;
}

// One of the things the daemon tells, or why it does not.
std::string told_text(const Common& common, const char* method) {
    const auto told = reply_of(common.socket, method);
    if (!told)
        return told.error() + "\n";
    if (const auto text = text_at(*told, "text"); !text.empty())
        return std::string(text);
    return boost::json::serialize(*told) + "\n";
}

std::string doctor_text(const Common& common, const std::string& named) {
    const doctor::Subject subject{config::load_named(named), named.empty() ? config::installed_file : named,
                                  common.socket, told_by(common.socket)};
    std::string text;
    for (const Finding& one : doctor::examine(subject))
        text.append(word(one.standing))
            .append("  ")
            .append(one.word)
            .append(": ")
            .append(one.seen.en)
            .append("\n");
    return text;
}

std::string log_text(const std::string& file) {
    if (file.empty())
        return support::journal_text();
    std::ifstream stream(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

struct Options {
    std::string out = "kaomon-support.txt", config, log;
};

int bundle(const Common& common, const Options& options) {
    std::string text =
        "For whoever helps with this Kaomon. Numbers, names, pictures, results and whatever is "
        "not ASCII are taken out; read it before you send it.\n";
    const auto part = [&](std::string_view name, const std::string& content) {
        text.append("\n===== ").append(name).append("\n").append(support::scrubbed(content));
    };
    part("kaomonctl", std::string(KAOMON_VERSION) + "\n");
    part("system", support::system_text());
    part("devices", support::devices_text());
    part("doctor", doctor_text(common, options.config));
    part("device", told_text(common, "org.kaomon.Device.GetInfo"));
    part("status", told_text(common, "org.kaomon.Device.Watch"));
    part("figures", told_text(common, "org.kaomon.Device.GetMetrics"));
    part("configuration", configuration_text(options.config));
    part("journal", log_text(options.log));
    if (const auto written = command::write_report(options.out, text); !written)
        return failed(common, written.error());
    if (options.out == command::to_stdout)
        return exit_ok;
    if (common.json)
        print_json({{"file", options.out}, {"bytes", text.size()}});
    else
        print_line(options.out + std::string(say(common.language(), ": 送る前に読んで確かめてください",
                                                 ": read it before you send it")));
    return exit_ok;
}

} // namespace

void add_support(Commands& commands) {
    auto options = std::make_shared<Options>();
    auto* sub = commands.add("support-bundle",
                             "one text file for whoever helps from afar, with nothing of a person in it",
                             [&common = commands.common, options] { return bundle(common, *options); });
    sub->add_option("--out", options->out, "the file to make; - is standard output")->capture_default_str();
    sub->add_option("--config", options->config, "the daemon's configuration (default: the installed one)");
    sub->add_option("--log", options->log, "the daemon's log (default: its journal)");
}

} // namespace kaomon::kaomonctl
