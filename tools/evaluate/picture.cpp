#include "tools/evaluate/picture.hpp"

#include "drivers/picture/picture.hpp"

#include <algorithm>
#include <array>

namespace kaomon::evaluate {

Result<SecretBytes> read_file(const std::filesystem::path& file) {
    return picture::read_picture_file(file);
}

Result<Image> decode_picture(ByteView file, photo::Decoder& photographs) {
    constexpr std::array<std::uint8_t, 2> codestream{0xFF, 0x4F};
    constexpr std::array<std::uint8_t, 8> jp2{0, 0, 0, 0x0C, 'j', 'P', ' ', ' '};
    const auto starts = [&file](const auto& with) {
        return file.size() > with.size() && std::ranges::equal(file.first(with.size()), with);
    };
    if (!starts(jp2) && !starts(codestream))
        return picture::read_picture(file, {.smallest_side = 16});
    auto image = photographs.decode(file);
    if (!image)
        return fail(Reason::photo_malformed, "a JPEG 2000 file that is damaged or beyond a card's limits");
    return image;
}

} // namespace kaomon::evaluate
