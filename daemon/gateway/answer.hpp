// An HTTP answer as it goes out.
#pragma once

#include "daemon/gateway/refusal.hpp"

#include <string>
#include <string_view>

namespace kaomon::gateway {

struct Answer {
    std::uint16_t status = 200;
    std::string_view type = "application/json";
    std::string body;
};
Answer refusal(Refusal why);

// HTTP/1.1 with every header that a page of ours has. `head`: without the body. Reentrant.
std::string as_text(const Answer& answer, bool head, bool keep_alive);

} // namespace kaomon::gateway
