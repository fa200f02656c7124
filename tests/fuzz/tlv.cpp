// TLV objects and lists out of any bytes.
#include "drivers/card/tlv.hpp"

#include <cstdlib>

using namespace kaomon;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    const auto object = card::read_tlv(bytes);
    if (object && object->whole.size() > size)
        std::abort();
    const auto length = card::whole_length(bytes);
    if (object && (!length || *length != object->whole.size()))
        std::abort();
    const auto list = card::read_tlv_list(bytes);
    if (list && list->size() > 64)
        std::abort();
    if (list)
        card::find_tlv(*list, 0xDF27);
    return 0;
}
