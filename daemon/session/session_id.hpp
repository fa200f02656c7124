#pragma once

#include <string>

namespace kaomon::session {

// 128 random bits from the kernel as 32 hexadecimal digits: nobody can guess another's session.
std::string make_session_id();

} // namespace kaomon::session
