// kaomon-clinic profile: what the clinic says of itself, for all commands of the introduction.
#include "tools/clinic/commands/commands.hpp"
#include "tools/clinic/commands/staff.hpp"
#include "tools/clinic/folder/pages.hpp"
#include "tools/clinic/folder/profile.hpp"
#include "tools/clinic/introduction/prefecture.hpp"

#include <memory>
#include <vector>

namespace kaomon::clinic {
namespace {

namespace json = boost::json;

void print_profile(const Common& common, const clinic::Folder& folder, const clinic::Profile& profile) {
    const Language language = common.language();
    if (common.json) {
        json::object values;
        for (const auto& field : clinic::fields())
            values[field.key] = profile[field.key];
        print_json({{"folder", folder.root().string()}, {"profile", std::move(values)}});
        return;
    }
    print_line(folder.root().string());
    for (const auto& field : clinic::fields()) {
        const std::string& value = profile[field.key];
        print_line("  " + std::string(field.key) + " = " + value +
                   (value.empty() ? "    # " + say(language, field.name) : std::string()));
    }
}

int clinic_profile(const Common& common, const std::vector<std::string>& settings) {
    Staff staff(common);
    auto profile = clinic::read_profile(staff.folder);
    if (!profile)
        return staff.fail(profile.error());
    for (const std::string& setting : settings) {
        const auto equals = setting.find('=');
        if (equals == setting.npos)
            return staff.fail(
                {exit_usage,
                 "no_setting",
                 {"「" + setting + "」は 項目=値 の形ではありません。", "'" + setting + "' is not KEY=VALUE"},
                 {"例: kaomon-clinic profile open=2027-04", "e.g. kaomon-clinic profile open=2027-04"}});
        const std::string key = setting.substr(0, equals);
        std::string value = setting.substr(equals + 1);
        if (key == "prefecture" && !value.empty()) {
            auto name = introduction::spelled(value);
            if (!name)
                return staff.fail(name.error());
            value = std::move(*name);
        }
        if (auto set = profile->set(key, std::move(value)); !set)
            return staff.fail(set.error());
    }
    if (!settings.empty()) {
        if (auto written = clinic::write_profile(staff.folder, *profile); !written)
            return staff.fail(written.error());
    }
    print_profile(common, staff.folder, *profile);
    return staff.end(exit_ok);
}

} // namespace

void add_profile(Commands& commands) {
    const auto settings = std::make_shared<std::vector<std::string>>();
    CLI::App* sub =
        commands.add("profile", "what the clinic says of itself; KEY=VALUE sets it",
                     [&common = commands.common, settings] { return clinic_profile(common, *settings); });
    sub->add_option("SETTING", *settings, "KEY=VALUE, e.g. open=2027-04 prefecture=愛媛県 kind=clinic")
        ->expected(0, -1);
}

} // namespace kaomon::clinic
