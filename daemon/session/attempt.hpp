// A method that was tried in a visit and did not verify.
#pragma once

#include "proto/method.hpp"
#include "proto/reason.hpp"

namespace kaomon::session {

struct Attempt {
    Method method;
    Reason reason;
    friend bool operator==(const Attempt&, const Attempt&) = default;
};

} // namespace kaomon::session
