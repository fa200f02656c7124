#include "drivers/card/simulated/portrait.hpp"

#include "drivers/picture/picture.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::card::simulated {
namespace {

constexpr int smallest_crop = 32; // pixels

Crop middle(const Image& image) { // the largest 4:5
    const int width = std::min(image.width, image.height * 4 / 5);
    const int height = std::min(image.height, width * 5 / 4);
    return {(image.width - width) / 2, (image.height - height) / 2, width, height};
}

// The mean brightness of a rectangle whose borders may lie within pixels.
double area_mean(const Image& image, double x0, double x1, double y0, double y1) {
    double sum = 0, weights = 0;
    for (int y = static_cast<int>(y0); y < std::min<int>(static_cast<int>(std::ceil(y1)), image.height);
         ++y) {
        const double part_y = std::min<double>(y + 1, y1) - std::max<double>(y, y0);
        for (int x = static_cast<int>(x0); x < std::min<int>(static_cast<int>(std::ceil(x1)), image.width);
             ++x) {
            const double part = part_y * (std::min<double>(x + 1, x1) - std::max<double>(x, x0));
            const std::size_t at = static_cast<std::size_t>(y) * image.stride() +
                                   static_cast<std::size_t>(x) * static_cast<std::size_t>(image.channels);
            double value = image.pixels[at];
            if (image.channels == 3) { // ITU-R BT.601 luma
                value = 0.299 * value + 0.587 * image.pixels[at + 1] + 0.114 * image.pixels[at + 2];
            }
            sum += part * value;
            weights += part;
        }
    }
    return weights > 0 ? sum / weights : 0;
}

} // namespace

Result<Image> decode_jpeg(ByteView jpeg) {
    return picture::read_picture(jpeg, {.colours = picture::Colours::grey});
}

Result<Image> make_portrait(const Image& photograph, std::optional<Crop> wanted) {
    const Crop crop = wanted.value_or(middle(photograph));
    if (crop.x < 0 || crop.y < 0 || crop.width < smallest_crop || crop.height < smallest_crop ||
        crop.width > photograph.width - crop.x || crop.height > photograph.height - crop.y) {
        return fail(Reason::parameter_invalid,
                    "the crop does not lie within the photograph of " + std::to_string(photograph.width) +
                        " x " + std::to_string(photograph.height) + " pixels, or is smaller than 32 pixels");
    }
    Image portrait{portrait_width, portrait_height, 1, {}};
    portrait.pixels.reserve(portrait.stride() * static_cast<std::size_t>(portrait.height));
    const double step_x = static_cast<double>(crop.width) / portrait_width;
    const double step_y = static_cast<double>(crop.height) / portrait_height;
    for (int y = 0; y < portrait_height; ++y) {
        for (int x = 0; x < portrait_width; ++x) {
            const double value = area_mean(photograph, crop.x + x * step_x, crop.x + (x + 1) * step_x,
                                           crop.y + y * step_y, crop.y + (y + 1) * step_y);
            portrait.pixels.push_back(static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0))));
        }
    }
    return portrait;
}

Image nobodys_portrait() {
    Image image{portrait_width, portrait_height, 1, {}};
    image.pixels.resize(image.stride() * static_cast<std::size_t>(image.height));
    for (std::size_t i = 0; i < image.pixels.size(); ++i)
        image.pixels[i] = static_cast<std::uint8_t>(i / 300);
    return image;
}

} // namespace kaomon::card::simulated
