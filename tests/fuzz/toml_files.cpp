// The TOML texts that people write beside the configuration: a trust store, a holder, a simulated card's
// description.
#include "drivers/card/mynumber/trust_store.hpp"
#include "drivers/card/simulated/holder.hpp"
#include "drivers/card/simulated/store_toml.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::card;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)mynumber::parse_trust_file(text, "trust");
    if (const auto holder = simulated::parse_holder(text, "holder");
        holder && simulated::access_number(*holder).size() < 10)
        std::abort();
    if (auto contents = simulated::card_from_toml(text, "card"))
        (void)simulated::take_tries(*contents, text, "tries");
    return 0;
}
