// The texts that the simulated card reads: a holder file, a card's description; and the pieces vpcd sends.
#include "drivers/card/simulated/holder.hpp"
#include "drivers/card/simulated/store_toml.hpp"
#include "drivers/card/simulated/vpcd_frames.hpp"

#include <algorithm>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon;
    using namespace kaomon::card::simulated;
    if (size == 0)
        return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] == 'h') {
        if (const auto holder = parse_holder(text, "holder"); holder && access_number(*holder).size() < 10)
            std::abort();
    } else if (data[0] == 'c') {
        if (auto contents = card_from_toml(text, "card"))
            (void)take_tries(*contents, text, "tries");
    } else {
        VpcdFrames frames;
        std::size_t total = 0;
        for (std::size_t at = 1; at < size; at += 7) {
            frames.feed({data + at, std::min<std::size_t>(7, size - at)});
            while (const auto message = frames.next())
                total += 2 + message->size();
        }
        if (total > size - 1)
            std::abort();
    }
    return 0;
}
