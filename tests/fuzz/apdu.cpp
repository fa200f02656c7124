// Command APDUs: what can be decoded is encoded to a command that means the same.
#include "drivers/card/apdu.hpp"

#include <cstdlib>

using namespace kaomon;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto command = card::Command::decode(ByteView(data, size));
    if (command) {
        const auto again = card::Command::decode(command->encode());
        if (!again || again->data != command->data || again->ne != command->ne ||
            again->ins != command->ins) {
            std::abort();
        }
    }
    card::Response::decode(SecretBytes(data, data + size));
    return 0;
}
