#include "tools/evaluate/request.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace kaomon::evaluate {
namespace {

using fault::Ask;

// By word: the table may name what no reason says any more, or does not say yet.
constexpr std::array<std::pair<std::string_view, Ask>, 7> requests{{
    {"turn_left", Ask::left},
    {"turn_right", Ask::right},
    {"look_up", Ask::up},
    {"look_down", Ask::down},
    {"come_closer", Ask::closer},
    {"blink_once", Ask::blink},
    {"turn_slowly", Ask::left}, // to either side
}};

} // namespace

Ask asked_by(Reason hint) {
    const auto found = std::ranges::find(requests, word(hint), &std::pair<std::string_view, Ask>::first);
    return found == requests.end() ? Ask::none : found->second;
}

} // namespace kaomon::evaluate
