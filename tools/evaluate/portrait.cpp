#include "tools/evaluate/portrait.hpp"

#include "drivers/card/simulated/jp2.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::evaluate {
namespace {

// A photograph of 35 x 45 mm shows a head of 32 to 36 mm from chin to crown (the passport rules, which the
// card's photograph follows): its eyes are then about a quarter of the width apart and a little above the
// middle.
constexpr float width_in_eye_distances = 4.1F;
constexpr float eyes_from_top = 0.45F; // of the height

// A rectangle of a picture; beyond its border the last pixels go on, as a plain background would.
Image cut(const Image& from, int left, int top, int width, int height) {
    Image to{.width = width, .height = height, .channels = from.channels, .pixels = {}};
    to.pixels.resize(to.stride() * static_cast<std::size_t>(height));
    const auto channels = static_cast<std::size_t>(from.channels);
    auto* out = to.pixels.data();
    for (int y = top; y < top + height; ++y) {
        const auto* row =
            from.pixels.data() + static_cast<std::size_t>(std::clamp(y, 0, from.height - 1)) * from.stride();
        for (int x = left; x < left + width; ++x, out += channels)
            std::copy_n(row + static_cast<std::size_t>(std::clamp(x, 0, from.width - 1)) * channels, channels,
                        out);
    }
    return to;
}

} // namespace

card::simulated::Crop passport_crop(const Image& picture, const face::Observation& face) {
    const auto& left = face.five[0];
    const auto& right = face.five[1];
    const float width = width_in_eye_distances * std::hypot(right.x - left.x, right.y - left.y);
    const float height = width * card::simulated::portrait_height / card::simulated::portrait_width;
    const float widest = 4 * static_cast<float>(std::max(picture.width, picture.height));
    if (!(width >= 32) || width > widest)
        return {};
    return {static_cast<int>(std::lround((left.x + right.x) / 2 - width / 2)),
            static_cast<int>(std::lround((left.y + right.y) / 2 - eyes_from_top * height)),
            static_cast<int>(std::lround(width)), static_cast<int>(std::lround(height))};
}

Result<SecretBytes> card_photograph(const Image& picture, const face::Observation& face) {
    const auto crop = passport_crop(picture, face);
    if (crop.width == 0)
        return fail(Reason::photo_malformed, "a face of impossible size");
    const Image whole = cut(picture, crop.x, crop.y, crop.width, crop.height);
    const auto portrait =
        card::simulated::make_portrait(whole, card::simulated::Crop{0, 0, whole.width, whole.height});
    if (!portrait)
        return std::unexpected(portrait.error());
    return card::simulated::encode_jp2(*portrait, portrait_bytes);
}

} // namespace kaomon::evaluate
