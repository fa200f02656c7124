#include "drivers/base/peer_name.hpp"

#include "drivers/base/utf8.hpp"

namespace kaomon {
namespace {

constexpr std::size_t longest_peer_name = 64; // bytes

} // namespace

bool is_peer_name(std::string_view name) noexcept {
    return !name.empty() && name.size() <= longest_peer_name && is_plain_utf8(name) &&
           name.find_first_of(":,/") == std::string_view::npos;
}

} // namespace kaomon
