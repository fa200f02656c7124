#include "drivers/camera/raw.hpp"

#include <algorithm>

namespace kaomon::camera {
namespace {

// ITU-R BT.601-7 in 8-bit fixed point: 298 = 256 * 255 / 219, 409 = 256 * 255 / 224 * 1.402, and so on.
constexpr int luma = 298, red_of_v = 409, green_of_u = -100, green_of_v = -208, blue_of_u = 516, half = 128;

std::uint8_t clamp(int value) noexcept {
    return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

// Two pixels that share their chroma.
inline void put_pair(int first_luma, int second_luma, int u, int v, std::uint8_t* rgb) noexcept {
    u -= 128;
    v -= 128;
    const int red = red_of_v * v + half, green = green_of_u * u + green_of_v * v + half,
              blue = blue_of_u * u + half;
    const int first = luma * (first_luma - 16), second = luma * (second_luma - 16);
    rgb[0] = clamp((first + red) >> 8);
    rgb[1] = clamp((first + green) >> 8);
    rgb[2] = clamp((first + blue) >> 8);
    rgb[3] = clamp((second + red) >> 8);
    rgb[4] = clamp((second + green) >> 8);
    rgb[5] = clamp((second + blue) >> 8);
}

// Where the bytes of two pixels of packed 4:2:2 lie.
struct Packed {
    std::size_t first, u, second, v;
};
constexpr Packed yuyv_order{0, 1, 2, 3}, uyvy_order{1, 0, 3, 2};

template<Packed at>
void unpack(const std::uint8_t* raw, std::size_t pixels, std::uint8_t* rgb) noexcept {
    for (std::size_t pair = 0; pair < pixels / 2; ++pair, raw += 4, rgb += 6)
        put_pair(raw[at.first], raw[at.second], raw[at.u], raw[at.v], rgb);
}

void unpack_nv12(const std::uint8_t* raw, std::size_t width, std::size_t height, std::uint8_t* rgb) noexcept {
    const std::uint8_t* chroma = raw + width * height;
    for (std::size_t y = 0; y < height; ++y) {
        const std::uint8_t *row = raw + y * width, *uv = chroma + y / 2 * width;
        for (std::size_t x = 0; x < width; x += 2, rgb += 6)
            put_pair(row[x], row[x + 1], uv[x], uv[x + 1], rgb);
    }
}

std::uint8_t luma_of(const std::uint8_t* p) noexcept {
    return static_cast<std::uint8_t>(((66 * p[0] + 129 * p[1] + 25 * p[2] + half) >> 8) + 16);
}

struct Chroma {
    std::uint8_t u, v;
};
// Of two pixels' summed channels.
Chroma chroma_of(int red, int green, int blue) noexcept {
    return {static_cast<std::uint8_t>(((-38 * red - 74 * green + 112 * blue + 256) >> 9) + 128),
            static_cast<std::uint8_t>(((112 * red - 94 * green - 18 * blue + 256) >> 9) + 128)};
}

void pack(Packed at, const std::uint8_t* rgb, std::size_t pixels, std::uint8_t* raw) noexcept {
    for (std::size_t pair = 0; pair < pixels / 2; ++pair, rgb += 6, raw += 4) {
        const auto [u, v] = chroma_of(rgb[0] + rgb[3], rgb[1] + rgb[4], rgb[2] + rgb[5]);
        raw[at.first] = luma_of(rgb);
        raw[at.second] = luma_of(rgb + 3);
        raw[at.u] = u;
        raw[at.v] = v;
    }
}

void pack_nv12(const std::uint8_t* rgb, std::size_t width, std::size_t height, std::uint8_t* raw) noexcept {
    std::uint8_t* chroma = raw + width * height;
    for (std::size_t i = 0; i < width * height; ++i)
        raw[i] = luma_of(rgb + i * 3);
    for (std::size_t y = 0; y < height; y += 2) {
        for (std::size_t x = 0; x < width; x += 2) {
            const std::uint8_t *one = rgb + (y * width + x) * 3, *below = one + width * 3;
            const auto sum = [&](int c) { return (one[c] + one[c + 3] + below[c] + below[c + 3]) / 2; };
            const auto [u, v] = chroma_of(sum(0), sum(1), sum(2));
            chroma[y / 2 * width + x] = u;
            chroma[y / 2 * width + x + 1] = v;
        }
    }
}

} // namespace

RawLayout raw_layout(PixelFormat format, int width, int height) noexcept {
    if (width < 1 || height < 1)
        return {};
    const auto across = static_cast<std::size_t>(width), down = static_cast<std::size_t>(height);
    switch (format) {
    case PixelFormat::mjpeg:
        break;
    case PixelFormat::yuyv:
    case PixelFormat::uyvy:
        return across % 2 == 0 ? RawLayout{across * 2, down} : RawLayout{};
    case PixelFormat::nv12:
        return across % 2 == 0 && down % 2 == 0 ? RawLayout{across, down * 3 / 2} : RawLayout{};
    case PixelFormat::grey:
        return {across, down};
    case PixelFormat::rgb24:
        return {across * 3, down};
    }
    return {};
}

Image rgb_from_raw(PixelFormat format, ByteView raw, int width, int height) {
    Image image{.width = width, .height = height, .channels = 3, .pixels = {}};
    const auto across = static_cast<std::size_t>(width), down = static_cast<std::size_t>(height);
    if (format == PixelFormat::rgb24) {
        image.pixels.assign(raw.begin(), raw.end());
        return image;
    }
    image.pixels.resize(across * down * 3);
    std::uint8_t* rgb = image.pixels.data();
    switch (format) {
    case PixelFormat::yuyv:
        unpack<yuyv_order>(raw.data(), across * down, rgb);
        break;
    case PixelFormat::uyvy:
        unpack<uyvy_order>(raw.data(), across * down, rgb);
        break;
    case PixelFormat::nv12:
        unpack_nv12(raw.data(), across, down, rgb);
        break;
    case PixelFormat::grey:
        for (const std::uint8_t level : raw)
            rgb = std::fill_n(rgb, 3, level);
        break;
    case PixelFormat::mjpeg:
    case PixelFormat::rgb24:
        break;
    }
    return image;
}

SecretBytes raw_from_rgb(PixelFormat format, const Image& rgb) {
    if (format == PixelFormat::rgb24)
        return rgb.pixels;
    SecretBytes raw(raw_layout(format, rgb.width, rgb.height).bytes());
    if (raw.empty())
        return raw;
    const std::uint8_t* pixels = rgb.pixels.data();
    const auto across = static_cast<std::size_t>(rgb.width), down = static_cast<std::size_t>(rgb.height);
    switch (format) {
    case PixelFormat::yuyv:
        pack(yuyv_order, pixels, across * down, raw.data());
        break;
    case PixelFormat::uyvy:
        pack(uyvy_order, pixels, across * down, raw.data());
        break;
    case PixelFormat::nv12:
        pack_nv12(pixels, across, down, raw.data());
        break;
    case PixelFormat::grey:
        for (std::size_t i = 0; i < raw.size(); ++i, pixels += 3) // BT.601, whole range
            raw[i] =
                static_cast<std::uint8_t>((77 * pixels[0] + 150 * pixels[1] + 29 * pixels[2] + half) >> 8);
        break;
    case PixelFormat::mjpeg:
    case PixelFormat::rgb24:
        break;
    }
    return raw;
}

} // namespace kaomon::camera
