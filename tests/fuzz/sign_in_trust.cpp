// Certificates of cards and of the operator's folder: whatever they are, nothing chains to an authority that
// did not issue it. The first byte tells which of the two the rest is.
#include "drivers/card/mynumber/sign_in_trust.hpp"

#include "drivers/card/mynumber/certificate_end.hpp"

#include <cstdlib>

using namespace kaomon;
using namespace kaomon::card::mynumber;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const ByteView rest(data + 1, size - 1);
    SignInTrust trust;
    if ((data[0] & 1) != 0) {
        const auto added = trust.add({reinterpret_cast<const char*>(rest.data()), rest.size()}, "fuzz.pem");
        if (added && trust.size() == 0)
            std::abort();
        return 0;
    }
    (void)certificate_end(rest);
    if (trust.check(rest, 1'795'000'000).check == Check::valid)
        std::abort();
    return 0;
}
