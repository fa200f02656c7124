// Any bytes as the file of a signing key and as that of the public keys beside it: no seed but one of 32
// bytes comes out, and what is read is written again as it was.
#include "daemon/result/key_file.hpp"

#include "daemon/result/known_keys.hpp"

#include <cstddef>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::result;
    const kaomon::ByteView bytes(data, size);
    if (const auto seed = seed_of_pem(bytes); seed && (seed->size() != 32 || !public_key_of(*seed)))
        std::abort();
    if (const auto known = KnownKeys::from_json({reinterpret_cast<const char*>(data), size})) {
        const auto again = KnownKeys::from_json(known->to_json());
        if (!again || *again != *known)
            std::abort();
    }
    return 0;
}
