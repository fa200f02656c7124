// The table of species that the documentation shows.
#include "tools/evaluate/liveness_report.hpp"

#include <fmt/format.h>

namespace kaomon::evaluate {
namespace {

std::string in_table(std::optional<double> value) {
    return value ? fmt::format("{:.1f}", *value) : "-";
}

std::string name_in_table(const std::string& label) {
    const Species* species = species_of(label);
    return species == nullptr ? label + " (recorded)" : species->name.en;
}

// The labels, rendered ones in the order of the species.
std::vector<std::string> labels_of(const LivenessTally& tally, bool bona_fide) {
    std::vector<std::string> labels;
    const auto add = [&](const std::string& label) {
        const bool there =
            std::ranges::any_of(tally.groups, [&](const auto& g) { return g.first.label == label; });
        if (there && is_bona_fide(label) == bona_fide && std::ranges::find(labels, label) == labels.end())
            labels.push_back(label);
    };
    for (const Species& one : all_species())
        add(one.label);
    for (const auto& [key, group] : tally.groups)
        add(key.label);
    return labels;
}

const Group* group_of(const LivenessTally& tally, const Setting& setting, const std::string& label) {
    for (const auto& [key, group] : tally.groups) {
        if (key.setting == setting && key.label == label)
            return &group;
    }
    return nullptr;
}

} // namespace

std::vector<std::string> as_markdown(const LivenessTally& tally) {
    const auto settings = settings_of(tally);
    std::vector<std::string> lines;
    std::string head = "| attack presentations | n |", rule = "|---|---|";
    for (const Setting& one : settings)
        head += fmt::format(" APCER `{}` |", setting_word(one)), rule += "---|";
    if (const auto labels = labels_of(tally, false); !labels.empty()) {
        lines.insert(lines.end(), {head, rule});
        for (const auto& label : labels) {
            std::string cells;
            std::size_t trials = 0;
            for (const Setting& one : settings) {
                const Group* group = group_of(tally, one, label);
                trials = group == nullptr ? trials : group->presentations;
                cells += group == nullptr
                             ? " - |"
                             : fmt::format(" {} |", rate_text(group->count(Classification::bona_fide),
                                                              group->presentations));
            }
            lines.push_back(fmt::format("| {} | {} |{}", name_in_table(label), trials, cells));
        }
        lines.emplace_back();
    }
    lines.insert(lines.end(), {"| bona fide presentations | policy | not verified: BPCER and no response | "
                               "called an attack: BPCER | "
                               "asked for a movement | seconds: median, p95 |",
                               "|---|---|---|---|---|---|"});
    for (const auto& label : labels_of(tally, true)) {
        for (const Setting& one : settings) {
            const Group* group = group_of(tally, one, label);
            if (group == nullptr)
                continue;
            const auto n = group->presentations, verified = group->count(Classification::bona_fide);
            lines.push_back(fmt::format("| {} | `{}` | {} | {} | {} | {}, {} |", name_in_table(label),
                                        setting_word(one), rate_text(n - verified, n),
                                        rate_text(group->count(Classification::attack), n),
                                        rate_text(group->asked, n), in_table(group->seconds_of(0.5)),
                                        in_table(group->seconds_of(0.95))));
        }
    }
    lines.insert(
        lines.end(),
        {"",
         fmt::format(
             "These are renderings; no attack level was tested. In brackets: counts and exact 95 % intervals "
             "(Clopper and Pearson). kaomonctl {}, {}.",
             tally.version, tally.date)});
    return lines;
}

} // namespace kaomon::evaluate
