// Any text as a signed result: it never verifies, since the fuzzer has no key; and its parts as claims and
// key set.
#include "daemon/result/base64url.hpp"
#include "daemon/result/jws.hpp"

#include <cstddef>
#include <cstdlib>

namespace {

// RFC 8037 appendix A.2
constexpr const char* keys =
    R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::result;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (check(text, keys, {}))
        std::abort();
    (void)check("eyJhbGciOiJFZERTQSIsInR5cCI6Imthb21vbi1yZXN1bHQrandzIiwia2lkIjoiayJ9.e30.AA", text, {});
    if (const auto claims = claims_from_json(text)) {
        const std::string once = to_json(*claims);
        const auto again = claims_from_json(once);
        if (!again || to_json(*again) != once)
            std::abort();
    }
    if (const auto bytes = from_base64url(text); bytes && to_base64url(kaomon::ByteView(*bytes)) != text)
        std::abort();
    return 0;
}
