#include "drivers/camera/simulated/canvas.hpp"

#include "drivers/picture/picture.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace kaomon::camera::simulated {
namespace {

constexpr char fragment_start = '#';
constexpr int margin_share = 12;       // of the picture's height; motion.cpp stays within
constexpr float portrait_width = 0.6F; // of the picture's
constexpr int blur_cells = 12;         // the background has as many colours a side
constexpr int most_samples = 16;       // a side, for one pixel of a shrunk still

struct Colour {
    float red = 0, green = 0, blue = 0;
    Colour& operator+=(const Colour& other) {
        red += other.red, green += other.green, blue += other.blue;
        return *this;
    }
    Colour operator*(float factor) const { return {red * factor, green * factor, blue * factor}; }
};

Colour at(const Image& image, int x, int y) {
    const int column = std::clamp(x, 0, image.width - 1), row = std::clamp(y, 0, image.height - 1);
    const auto* pixel = image.pixels.data() + static_cast<std::size_t>(row) * image.stride() +
                        static_cast<std::size_t>(column) * 3;
    return {static_cast<float>(pixel[0]), static_cast<float>(pixel[1]), static_cast<float>(pixel[2])};
}

// Bilinear; (0, 0) is the upper left corner of the first pixel; outside, the border goes on.
Colour between(const Image& image, float x, float y) {
    const float left = std::floor(x - 0.5F), top = std::floor(y - 0.5F);
    const float right_share = x - 0.5F - left, lower_share = y - 0.5F - top;
    const int column = static_cast<int>(left), row = static_cast<int>(top);
    Colour colour = at(image, column, row) * ((1 - right_share) * (1 - lower_share));
    colour += at(image, column + 1, row) * (right_share * (1 - lower_share));
    colour += at(image, column, row + 1) * ((1 - right_share) * lower_share);
    colour += at(image, column + 1, row + 1) * (right_share * lower_share);
    return colour;
}

// Mean over a square, so that a shrunk still does not shimmer.
Colour mean_around(const Image& image, float x, float y, float side) {
    const int samples = std::clamp(static_cast<int>(std::ceil(side)), 1, most_samples);
    if (samples == 1)
        return between(image, x, y);
    const float step = side / static_cast<float>(samples);
    Colour sum;
    for (int i = 0; i < samples * samples; ++i) {
        const int column = i % samples, row = i / samples;
        const float right = (static_cast<float>(column) + 0.5F) * step,
                    down = (static_cast<float>(row) + 0.5F) * step;
        sum += at(image, static_cast<int>(std::floor(x - side / 2 + right)),
                  static_cast<int>(std::floor(y - side / 2 + down)));
    }
    return sum * (1.0F / static_cast<float>(samples * samples));
}

std::uint8_t byte(float value) {
    return static_cast<std::uint8_t>(std::clamp(value + 0.5F, 0.0F, 255.0F));
}

std::uint64_t lanes(const Colour& colour) {
    return std::uint64_t{byte(colour.red)} | std::uint64_t{byte(colour.green)} << 16 |
           std::uint64_t{byte(colour.blue)} << 32;
}

Image blurred(const Image& still) {
    Image small{.width = blur_cells, .height = blur_cells, .channels = 3, .pixels = {}};
    const float cell_width = static_cast<float>(still.width) / blur_cells;
    const float cell_height = static_cast<float>(still.height) / blur_cells;
    for (int cell = 0; cell < blur_cells * blur_cells; ++cell) {
        const int column = cell % blur_cells, row = cell / blur_cells;
        const float x = (static_cast<float>(column) + 0.5F) * cell_width;
        const float y = (static_cast<float>(row) + 0.5F) * cell_height;
        const Colour mean = mean_around(still, x, y, std::min(cell_width, cell_height));
        for (const float value : {mean.red, mean.green, mean.blue})
            small.pixels.push_back(byte(value));
    }
    return small;
}

std::optional<std::array<int, 4>> four_numbers(std::string_view text) {
    std::array<int, 4> numbers{};
    const char *at = text.data(), *const end = at + text.size();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0) {
            if (at == end || *at != ',')
                return std::nullopt;
            ++at;
        }
        const auto [after, error] = std::from_chars(at, end, numbers[i]);
        if (error != std::errc{} || numbers[i] < 0 || numbers[i] > picture::largest_side)
            return std::nullopt;
        at = after;
    }
    return at == end ? std::optional(numbers) : std::nullopt;
}

} // namespace

Canvas paint(const Image& still, const Part& part, int picture_width, int picture_height, const Seat& seat) {
    const auto& region = part.region;
    const auto wide = static_cast<float>(picture_width), high = static_cast<float>(picture_height);
    const auto still_width = static_cast<float>(still.width), still_height = static_cast<float>(still.height);
    const float scale =
        seat.scale * (region ? high / static_cast<float>(region->height)
                             : std::max(high / still_height, portrait_width * wide / still_width));
    const float centre =
        region ? static_cast<float>(region->x) + static_cast<float>(region->width) / 2 : still_width / 2;
    const float top = (region ? static_cast<float>(region->y) : 0) - seat.down * high / scale;

    Canvas canvas;
    canvas.margin = picture_height / margin_share;
    canvas.width = picture_width + 2 * canvas.margin;
    canvas.height = picture_height + 2 * canvas.margin;
    canvas.pixels.reserve(static_cast<std::size_t>(canvas.width) * static_cast<std::size_t>(canvas.height));
    if (part.eyes) {
        const auto across = [&](float x) {
            return (x - centre) * scale + static_cast<float>(canvas.width) / 2 - 0.5F;
        };
        const auto down = [&](float y) {
            return (y - top) * scale + static_cast<float>(canvas.margin) - 0.5F;
        };
        canvas.eyes = Eyes{across(part.eyes->left_x), down(part.eyes->left_y), across(part.eyes->right_x),
                           down(part.eyes->right_y)};
    }
    const Image background = blurred(still);
    for (int row = 0; row < canvas.height; ++row) {
        const float y = top + (static_cast<float>(row - canvas.margin) + 0.5F) / scale;
        for (int column = 0; column < canvas.width; ++column) {
            const float x =
                centre + (static_cast<float>(column) + 0.5F - static_cast<float>(canvas.width) / 2) / scale;
            const bool inside = x >= 0 && y >= 0 && x < still_width && y < still_height;
            canvas.pixels.push_back(lanes(
                inside ? mean_around(still, x, y, 1 / scale)
                       : between(background, x / still_width * blur_cells, y / still_height * blur_cells)));
        }
    }
    return canvas;
}

std::optional<Part> parse_part(std::string_view fragment) {
    if (!fragment.starts_with(fragment_start))
        return std::nullopt;
    Part part;
    while (!fragment.empty()) {
        fragment.remove_prefix(1); // the # or &
        const std::string_view one = fragment.substr(0, fragment.find('&'));
        fragment.remove_prefix(one.size());
        const auto value = one.find('=');
        const auto numbers =
            value == std::string_view::npos ? std::nullopt : four_numbers(one.substr(value + 1));
        if (!numbers)
            return std::nullopt;
        const auto [a, b, c, d] = *numbers;
        const std::string_view name = one.substr(0, value);
        if (name == "xywh" && !part.region && c > 0 && d > 0) {
            part.region = Region{a, b, c, d};
        } else if (name == "eyes" && !part.eyes && a < c) {
            part.eyes = Eyes{static_cast<float>(a), static_cast<float>(b), static_cast<float>(c),
                             static_cast<float>(d)};
        } else {
            return std::nullopt;
        }
    }
    return part;
}

std::uint64_t Canvas::between(float x, float y) const noexcept {
    constexpr float one = 256;
    const auto inside = [](float value, int length) {
        return static_cast<int>(std::clamp(value, 0.F, static_cast<float>(length - 1) - 0.01F) * one);
    };
    const int fixed_x = inside(x, width), fixed_y = inside(y, height);
    const auto right = static_cast<std::uint64_t>(fixed_x & 0xff),
               lower = static_cast<std::uint64_t>(fixed_y & 0xff);
    const std::uint64_t* first =
        pixels.data() + static_cast<std::ptrdiff_t>(fixed_y >> 8) * width + (fixed_x >> 8);
    return mix(mix(first[0], first[1], right), mix(first[width], first[width + 1], right), lower);
}

Result<Canvas> load_still(const std::filesystem::path& name, int picture_width, int picture_height,
                          const Seat& seat) {
    std::string file = name.string();
    Part part;
    if (const auto mark = file.rfind(fragment_start); mark != std::string::npos) {
        const auto said = parse_part(std::string_view(file).substr(mark));
        if (!said)
            return fail(Reason::config_invalid, file + ": not of the form #xywh=X,Y,W,H&eyes=X,Y,X,Y");
        part = *said;
        file.resize(mark);
    }
    const auto bytes = picture::read_picture_file(file);
    const auto still =
        bytes ? picture::read_picture(*bytes,
                                      {.colours = picture::Colours::rgb, .smallest_side = 1, .smooth = false})
              : std::unexpected(bytes.error());
    if (!still)
        return fail(Reason::config_invalid, file + ": " + still.error().detail);
    return paint(*still, part, picture_width, picture_height, seat);
}

} // namespace kaomon::camera::simulated
