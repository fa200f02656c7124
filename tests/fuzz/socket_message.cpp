// Any bytes on a connection: cut, parsed, held against the interfaces.
#include "daemon/socket/inbox.hpp"
#include "daemon/socket/interfaces.hpp"
#include "daemon/socket/message.hpp"
#include "daemon/socket/schema.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>

namespace {

using namespace kaomon::socket;

void take(std::string_view message) {
    const auto call = parse_call(message);
    if (!call)
        return;
    // As if it were the parameters of every method: the shapes of all of them are walked.
    for (const auto& interface : interfaces()) {
        for (const auto& method : interface.methods) {
            const auto wrong = find_mismatch(interface, method.in, call->parameters);
            if (wrong && wrong->empty())
                std::abort(); // what is wrong has a name
            (void)find_mismatch(interface, method.out, call->parameters);
        }
    }
    const auto text = encode_reply(call->parameters, call->more);
    if (text.empty() || text.back() != '\0' || text.find('\0') + 1 != text.size())
        std::abort(); // a NUL within would cut it
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::span bytes(reinterpret_cast<const char*>(data), size);
    Inbox inbox;
    while (!bytes.empty() && !inbox.full()) {
        const auto part = bytes.first(std::min(bytes.size(), inbox.space().size()));
        std::ranges::copy(part, inbox.space().begin());
        inbox.filled(part.size());
        bytes = bytes.subspan(part.size());
        while (const auto message = inbox.front()) {
            take(*message);
            inbox.pop();
        }
    }
    return 0;
}
