// A population file: any bytes end in a population that prints itself again, or in a refusal. The check sum
// is made right, so that what lies behind it is reached.
#include "daemon/match/comparison.hpp"

#include <cmath>
#include <cstdlib>

namespace {

using kaomon::match::Population;

void look(std::string_view text) {
    const auto model = text.find("model ");
    const auto digest = model == text.npos ? std::string_view{} : text.substr(model + 6, 64);
    const auto read = Population::parse(text, digest);
    if (!read)
        return;
    const auto again = Population::parse(read->print(), digest);
    if (!again || again->print() != read->print())
        std::abort();
    kaomon::face::Template face;
    face.get().unit[0] = 1;
    const auto standing = read->standing(face);
    if (!std::isfinite(standing.mean) || !(standing.deviation > 0))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string text(reinterpret_cast<const char*>(data), size);
    look(text);
    text.resize(std::min(text.size(), text.rfind("check ")));
    std::uint64_t hash = 0xCBF29CE484222325U; // FNV-1a
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    text += "check ";
    for (int shift = 60; shift >= 0; shift -= 4)
        text += "0123456789abcdef"[hash >> shift & 15];
    look(text + "\n");
    return 0;
}
