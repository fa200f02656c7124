// The ledger of spent keys over whatever stands in its file: it opens, and what is spent then stays spent.
#include "drivers/card/mynumber/idempotency.hpp"

#include <cstdlib>
#include <fstream>

using namespace kaomon;
using namespace kaomon::card::mynumber;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::filesystem::path file = [] {
        char name[] = "/tmp/kaomon-fuzz-keys-XXXXXX";
        return std::filesystem::path(mkdtemp(name)) / "idempotency_keys";
    }();
    std::ofstream(file, std::ios::binary | std::ios::trunc)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    const IdempotencyKey key{0x0123456789ABCDEF};
    {
        auto ledger = IdempotencyLedger::open(file);
        if (!ledger || !ledger->spend(key))
            std::abort();
    }
    const auto again = IdempotencyLedger::open(file);
    if (!again || !again->spent(key))
        std::abort();
    return 0;
}
