#include "tests/drivers/card/inject/openssl_memory.hpp"

#include "tests/drivers/inject/inject.hpp"

#include <openssl/crypto.h>

#include <cstdlib>

namespace kaomon::test::inject {

bool openssl_memory() {
    // One call in its turn: a call of the driver's. OpenSSL's own thousands of allocations are drawn.
    static constexpr auto refused = [] { return !one_only() && fails(); };
    return CRYPTO_set_mem_functions(
               [](std::size_t bytes, const char*, int) { return refused() ? nullptr : std::malloc(bytes); },
               [](void* block, std::size_t bytes, const char*, int) {
                   return refused() ? nullptr : std::realloc(block, bytes);
               },
               [](void* block, const char*, int) { std::free(block); }) == 1;
}

} // namespace kaomon::test::inject
