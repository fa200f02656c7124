#include "daemon/metrics/counted.hpp"

#include <algorithm>

namespace kaomon::metrics {

void Counter::write(Page& page) const {
    page.family(name_, "counter", help_);
    for (const auto& [values, count] : counts_) {
        Labels labels;
        for (std::size_t i = 0; i < labels_.size() && i < values.size(); ++i)
            labels.emplace_back(labels_[i], values[i]);
        page.series(name_, labels, static_cast<double>(count));
    }
}

void Durations::add(std::string_view value, Milliseconds duration) {
    auto& spread = spreads_.try_emplace(std::string(value)).first->second;
    const double seconds = static_cast<double>(duration.count()) / 1000;
    if (const auto* bound = std::ranges::lower_bound(bounds, seconds); bound != bounds.end())
        ++spread.up_to.at(static_cast<std::size_t>(bound - bounds.begin()));
    ++spread.count;
    spread.sum += seconds;
}

void Durations::write(Page& page) const {
    page.family(name_, "histogram", help_);
    const std::string bucket = std::string(name_) + "_bucket";
    for (const auto& [value, spread] : spreads_) {
        const std::pair<std::string, std::string> own{label_, value};
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < bounds.size(); ++i) {
            below += spread.up_to.at(i);
            page.series(bucket, {own, {"le", number(bounds.at(i))}}, static_cast<double>(below));
        }
        page.series(bucket, {own, {"le", "+Inf"}}, static_cast<double>(spread.count));
        page.series(std::string(name_) + "_sum", {own}, spread.sum);
        page.series(std::string(name_) + "_count", {own}, static_cast<double>(spread.count));
    }
}

} // namespace kaomon::metrics
