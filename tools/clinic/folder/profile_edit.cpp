// Puts new values into a clinic.toml that a person may have written: line by line, its comments stay.
#include "drivers/base/toml_text.hpp"
#include "tools/clinic/folder/profile.hpp"

#include <algorithm>
#include <sstream>

namespace kaomon::clinic {
namespace {

struct Lines {
    std::vector<std::string> all;

    // Replaces the line `key = …` of that section, or adds it behind the section's header.
    void set(std::string_view section, std::string_view key, const std::string& wanted) {
        std::string here;
        std::size_t header = section.empty() ? 0 : all.size();
        for (std::size_t at = 0; at < all.size(); ++at) {
            std::string_view line = all[at];
            line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
            if (line.starts_with('[')) {
                here = line.substr(1, line.find(']') - 1);
                if (here == section)
                    header = at + 1;
            } else if (here == section && is_of(line, key)) {
                all[at] = wanted;
                return;
            }
        }
        if (header == all.size() && !section.empty() && here != section) {
            all.push_back("[" + std::string(section) + "]");
            header = all.size();
        }
        all.insert(all.begin() + static_cast<std::ptrdiff_t>(header), wanted);
    }

    static bool is_of(std::string_view line, std::string_view key) {
        if (!line.starts_with(key))
            return false;
        const auto rest = line.find_first_not_of(" \t", key.size());
        return rest != line.npos && line[rest] == '=';
    }
};

struct Known {
    Profile profile;
    std::string text;
};

Outcome<Known> parse_known(std::string_view text) {
    auto parsed = parse_profile(text);
    if (!parsed)
        return std::unexpected(parsed.error());
    return Known{std::move(*parsed), std::string(text)};
}

std::string edited(const Known& known, const Profile& wanted) {
    Lines lines;
    std::istringstream in(known.text);
    for (std::string line; std::getline(in, line);)
        lines.all.push_back(line);
    for (const Field& field : fields()) {
        if (known.profile[field.key] == wanted[field.key])
            continue;
        const auto dot = field.key.find('.');
        const auto section = dot == field.key.npos ? std::string_view() : field.key.substr(0, dot);
        const auto key = dot == field.key.npos ? field.key : field.key.substr(dot + 1);
        lines.set(section, key, std::string(key) + " = " + toml_text(wanted[field.key]));
    }
    std::string text;
    for (const auto& line : lines.all)
        text += line + "\n";
    // Quoted and dotted keys are TOML too, but not lines that are known here.
    return parse_profile(text) == wanted ? text : print_profile(wanted);
}

} // namespace

Outcome<void> write_profile(Folder& folder, const Profile& profile) {
    const auto known = folder.read<Known>(profile_file, parse_known);
    if (!known)
        return std::unexpected(known.error());
    return folder.write(profile_file, *known ? edited(**known, profile) : print_profile(profile));
}

} // namespace kaomon::clinic
