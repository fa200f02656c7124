#include "tools/evaluate/liveness_tally.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::evaluate {
namespace {

std::size_t at(const auto& map, auto key) {
    const auto found = map.find(key);
    return found == map.end() ? 0 : found->second;
}

} // namespace

bool is_bona_fide(std::string_view label) {
    return label.starts_with(bona_fide_label);
}

std::size_t Group::count(Classification classification) const {
    return at(classified, classification);
}

std::size_t Group::count(liveness::Kind kind, liveness::Outcome outcome) const {
    return at(kinds[static_cast<std::size_t>(kind)], outcome);
}

std::optional<double> Group::seconds_of(double share) const {
    if (seconds.empty())
        return std::nullopt;
    auto ordered = seconds;
    std::ranges::sort(ordered);
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(ordered.size())));
    return ordered[std::clamp<std::size_t>(rank, 1, ordered.size()) - 1];
}

std::vector<Setting> settings_of(const LivenessTally& tally) {
    std::vector<Setting> settings;
    for (const auto& [key, group] : tally.groups) {
        if (settings.empty() || settings.back() != key.setting) // they are the first part of the order
            settings.push_back(key.setting);
    }
    return settings;
}

std::string setting_word(const Setting& setting) {
    return std::string(word(setting.policy)) + (setting.screen ? ", screen" : "");
}

void LivenessTally::add(const GroupKey& key, const Answer& answer) {
    Group& group = groups[key];
    ++group.presentations;
    group.asked += answer.asked;
    ++group.classified[answer.classification];
    for (std::size_t i = 0; i < answer.kinds.size(); ++i)
        ++group.kinds[i][answer.kinds[i]];
    if (answer.classification != Classification::no_response)
        group.seconds.push_back(answer.seconds);
    else if (answer.hint)
        ++group.hints[std::string(word(*answer.hint))];
}

} // namespace kaomon::evaluate
