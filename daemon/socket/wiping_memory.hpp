// Memory for parsed calls: every block is wiped when it is given back, for a call may carry a patient's
// number.
#pragma once

#include <boost/json/storage_ptr.hpp>

namespace kaomon::socket {

// For any JSON value; never goes away. Thread-safe.
boost::json::storage_ptr wiping_memory() noexcept;

} // namespace kaomon::socket
