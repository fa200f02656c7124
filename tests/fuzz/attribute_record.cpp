// The holder's attributes as a card has them: record, digests, certificate, and the text in them.
#include "drivers/card/mynumber/attribute_record.hpp"

#include "drivers/base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

using namespace kaomon;
using namespace kaomon::card::mynumber;

namespace {

// The next part of the input: two bytes of length, little endian, then as many bytes as there are.
SecretBytes next(ByteView& input) {
    if (input.size() < 2)
        return {};
    const auto wanted = static_cast<std::size_t>(input[0] | input[1] << 8);
    const ByteView part = input.subspan(2, std::min(wanted, input.size() - 2));
    input = input.subspan(2 + part.size());
    return {part.begin(), part.end()};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteView input(data, size);
    const AttributeRecord record{next(input), next(input), next(input)};
    constexpr std::array all{Attribute::name, Attribute::birth_date, Attribute::sex, Attribute::address};
    if (check_attributes(record, input, all, TrustStore()))
        std::abort(); // nobody is trusted here
    const std::string_view text(reinterpret_cast<const char*>(input.data()), input.size());
    const bool control = std::ranges::any_of(
        text, [](char one) { return static_cast<unsigned char>(one) < 0x20 || one == 0x7F; });
    if (is_plain_utf8(text) && control)
        std::abort();
    return 0;
}
