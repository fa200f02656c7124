// What comes out of the network, and the file of expectations: any bytes end in an answer or in none.
#include "tools/clinic/network/address.hpp"
#include "tools/clinic/network/dns.hpp"
#include "tools/clinic/network/expectation.hpp"
#include "tools/clinic/network/sntp.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::network;
    const kaomon::ByteView bytes(data, size);
    for (const dns::Type type : {dns::Type::a, dns::Type::aaaa}) {
        const auto answer = dns::read(bytes, 7, "hweb.line.test", type);
        if (answer && (answer->addresses.size() > 64 || answer->code > 4095))
            std::abort();
    }
    const auto now = sntp::Clock::time_point{};
    (void)sntp::read(bytes, 0x0123456789ABCDEF, now, now);
    if (const auto address =
            read_address({reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 100)});
        address && address->size == 0)
        std::abort();
    (void)parse({reinterpret_cast<const char*>(data), size});
    return 0;
}
