// OpenSSL's allocations that fail on purpose.
#pragma once

namespace kaomon::test::inject {

// From here on OpenSSL's allocations ask fails() too. True when it could be had (nothing was allocated
// before).
bool openssl_memory();

} // namespace kaomon::test::inject
