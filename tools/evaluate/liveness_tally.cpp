#include "tools/evaluate/liveness_tally.hpp"

#include <algorithm>

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

std::optional<double> Group::median_seconds() const {
    if (seconds.empty())
        return std::nullopt;
    auto ordered = seconds;
    const auto middle = ordered.begin() + static_cast<std::ptrdiff_t>(ordered.size() / 2);
    std::ranges::nth_element(ordered, middle);
    return *middle;
}

void LivenessTally::add(Origin origin, const std::string& label, const Answer& answer) {
    Group& group = groups[{origin, label}];
    ++group.presentations;
    ++group.classified[answer.classification];
    for (std::size_t i = 0; i < answer.kinds.size(); ++i)
        ++group.kinds[i][answer.kinds[i]];
    if (answer.classification != Classification::no_response)
        group.seconds.push_back(answer.seconds);
    else if (answer.hint)
        ++group.hints[std::string(word(*answer.hint))];
}

} // namespace kaomon::evaluate
