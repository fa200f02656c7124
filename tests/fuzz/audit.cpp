// Any bytes as lines of an audit record: nothing is accepted that the chain would not have written itself.
#include "daemon/audit/chain.hpp"

#include <cstddef>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using kaomon::audit::Chain;
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    Chain chain;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        Chain next = chain;
        if (next.accept(line)) {
            if (next.count() != chain.count() + 1)
                std::abort();
            chain = next;
        }
        if (end == rest.npos)
            break;
        rest.remove_prefix(end + 1);
    }
    // whatever was read, our own next line fits, and only once
    Chain next = chain;
    const std::string own = chain.next_line("\"time\":1");
    if (!next.accept({own.data(), own.size() - 1}))
        std::abort();
    if (next.accept({own.data(), own.size() - 1}))
        std::abort();
    return 0;
}
