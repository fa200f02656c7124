#include "tools/finding/finding.hpp"

#include <algorithm>
#include <array>

namespace kaomon {

Text standing_text(Standing standing) {
    static const std::array<Text, 4> texts{
        {{"良い", "good"}, {"注意", "attention"}, {"だめ", "failed"}, {"確かめられません", "not checkable"}}};
    return texts[static_cast<std::size_t>(standing)];
}

std::ptrdiff_t count(std::span<const Finding> findings, Standing standing) {
    return std::ranges::count(findings, standing, &Finding::standing);
}

std::vector<Text> advice_of(std::span<const Finding> findings) {
    std::vector<Text> all;
    for (const Finding& one : findings) {
        if (!one.ask.ja.empty() && std::ranges::find(all, one.ask) == all.end())
            all.push_back(one.ask);
    }
    return all;
}

} // namespace kaomon
