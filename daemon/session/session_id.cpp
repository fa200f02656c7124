#include "daemon/session/session_id.hpp"

#include "drivers/base/bytes.hpp"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace kaomon::session {

std::string make_session_id() {
    std::array<std::uint8_t, 16> random{};
    if (getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) {
        throw std::system_error(errno, std::generic_category(), "getrandom");
    }
    return to_hex(random);
}

} // namespace kaomon::session
