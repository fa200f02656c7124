// kaomonctl subject: the clinic's secret, by which results name cards. It works on the file and needs no
// daemon; the daemon reads it at its start.
#include "daemon/wiring/state_folder.hpp"
#include "drivers/card/mynumber/subject_secret.hpp"
#include "drivers/card/mynumber/warning.hpp"
#include "proto/exit_code.hpp"
#include "tools/command/secret_input.hpp"
#include "tools/kaomonctl/commands.hpp"
#include "tools/kaomonctl/owner.hpp"
#include "tools/words/day.hpp"

#include <filesystem>
#include <memory>

namespace kaomon::kaomonctl {
namespace {

using card::mynumber::SubjectSecret;

struct SubjectOptions {
    std::string config; // empty: the installed one
    std::string from;   // file with an exported secret, or "-"
    bool replace = false;
    int keep_days = 400; // a year, and a patient who comes once a year
};

Outcome<std::filesystem::path> secret_file(const SubjectOptions& options) {
    const auto config = config::load_named(options.config);
    if (!config)
        return std::unexpected(trouble_of(config.error()));
    const auto file = wiring::subject_secret_of(*config);
    if (auto owner = as_its_owner(file, "subject"); !owner)
        return std::unexpected(owner.error());
    return file;
}

struct KeptSecret {
    std::filesystem::path file;
    SubjectSecret secret;
};

Outcome<KeptSecret> kept_secret(const SubjectOptions& options) {
    const auto file = secret_file(options);
    if (!file)
        return std::unexpected(file.error());
    auto secret = SubjectSecret::load_or_create(*file, today_in_japan());
    if (!secret)
        return std::unexpected(trouble_of(secret.error()));
    return KeptSecret{*file, std::move(*secret)};
}

int done(const Common& common, const Text& what, const boost::json::object& json) {
    if (common.json) {
        print_json(json);
    } else {
        print_line(say(common.language(), what));
        print_line(say(common.language(), "次に: sudo systemctl restart kaomond",
                       "next: sudo systemctl restart kaomond"));
    }
    return exit_ok;
}

int export_secret(const Common& common, const SubjectOptions& options) {
    const auto kept = kept_secret(options);
    if (!kept)
        return failed(common, kept.error());
    const SecretText line = kept->secret.exported();
    if (common.json)
        print_json({{"secret", line.view()}});
    else
        print_line(line.view());
    return exit_ok;
}

int import_secret(const Common& common, const SubjectOptions& options) {
    const auto file = secret_file(options);
    if (!file)
        return failed(common, file.error());
    std::error_code error;
    if (std::filesystem::exists(*file, error) && !options.replace)
        return failed(
            common,
            {exit_usage,
             "is_there",
             {file->string() + " はもうあります。", file->string() + ": is there already"},
             {"置き換えるなら --replace を付けてください。この装置がいままでに渡した番号は変わります。",
              "--replace puts the imported one in its place; this desk's references change"}});
    const auto line = command::read_secret(options.from);
    const auto secret = line ? SubjectSecret::read(line->view())
                             : fail(Reason::subject_secret_unreadable, options.from + ": " + line.error());
    if (!secret)
        return failed(common, trouble_of(secret.error()));
    if (const auto written = secret->write(*file); !written)
        return failed(common, trouble_of(written.error()));
    return done(common, {"取り込みました。", "imported"}, {{"imported", true}});
}

int rotate(const Common& common, const SubjectOptions& options) {
    const auto kept = kept_secret(options);
    if (!kept)
        return failed(common, kept.error());
    const Date until = add_days(today_in_japan(), options.keep_days);
    if (const auto written = kept->secret.rotated(until).write(kept->file); !written)
        return failed(common, trouble_of(written.error()));
    const std::string day = card::mynumber::iso_day(until);
    return done(
        common,
        {"新しくしました。" + day + " まで前の番号も並べて渡します。ほかの受付にも取り込んでください。",
         "rotated: until " + day +
             " results have the old reference beside the new one; import it at the other desks"},
        {{"previous_until", day}});
}

} // namespace

void add_subject(Commands& commands) {
    auto options = std::make_shared<SubjectOptions>();
    const Common& common = commands.common;
    CLI::App* group =
        commands.add_group("subject", "the clinic's secret, by which results name cards (the daemon's user)");
    const auto add = [&](const char* name, const char* help, std::function<int()> act) {
        CLI::App* sub = commands.add(name, help, std::move(act), group);
        sub->add_option("--config", options->config,
                        "the daemon's configuration (default: the installed one)");
        return sub;
    };
    add("export-secret",
        "print it for the clinic's other desks: whoever has it can tell their references apart",
        [&common, options] { return export_secret(common, *options); });
    CLI::App* sub = add("import-secret", "use the secret of the clinic's other desks",
                        [&common, options] { return import_secret(common, *options); });
    sub->add_option("FILE", options->from, "the exported secret, or - for standard input")->required();
    sub->add_flag("--replace", options->replace, "in the place of the one that is there");
    sub = add("rotate", "a new secret; results have the old reference beside the new one for a while",
              [&common, options] { return rotate(common, *options); });
    sub->add_option("--keep-days", options->keep_days, "for how many days")
        ->capture_default_str()
        ->check(CLI::Range(0, 3660));
}

} // namespace kaomon::kaomonctl
