#include "tools/words/place.hpp"

namespace kaomon {
namespace {

// Digits at the beginning.
std::string_view number_of(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && text[length] >= '0' && text[length] <= '9')
        ++length;
    return text.substr(0, length);
}

} // namespace

std::string place_in(std::string_view detail) {
    constexpr std::string_view line = "line ";
    if (detail.starts_with(line)) {
        const auto number = number_of(detail.substr(line.size()));
        return number.empty() ? std::string() : "（" + std::string(number) + "行目）";
    }
    if (!detail.starts_with('/'))
        return {};
    const auto end = detail.find(':');
    const std::string path(detail.substr(0, end));
    const auto number = end == detail.npos ? std::string_view() : number_of(detail.substr(end + 1));
    return number.empty() ? "（" + path + "）" : "（" + path + " の" + std::string(number) + "行目）";
}

} // namespace kaomon
