#include "drivers/camera/simulated/sheet.hpp"

#include "drivers/camera/simulated/relief.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace kaomon::camera::simulated {
namespace {

// In halves of the sheet's height; the height is a share of the picture's.
constexpr float size = 0.92F, half_width = 0.78F, border = 0.06F;
constexpr float far = 5; // of the camera: 50 cm for a sheet of 20 cm
constexpr std::uint64_t paper = 0x00e0'00e8'00e6, bezel = 0x0014'0012'0012; // B, G, R in their lanes
constexpr std::uint64_t darkness = 0x0010'0010'0010;
// A coarse screen's pixels are nearly the camera's size at this distance: their beat is the moiré.
constexpr float screen_period = 2.13F,
                screen_depth = 0.45F; // canvas pixels of the content; of its brightness

struct Wave { // of one colour's stripes, by where on the content
    std::array<float, 256> shade{};
    Wave() {
        for (std::size_t i = 0; i < shade.size(); ++i)
            shade[i] =
                1 - screen_depth / 2 +
                screen_depth / 2 * std::sin(2 * std::numbers::pi_v<float> * static_cast<float>(i) / 256);
    }
};

std::uint64_t through_pixels(std::uint64_t colour, Spot at) {
    static const Wave wave;
    const auto stripe = static_cast<int>(at.x / screen_period * 256);
    const auto row = static_cast<int>(at.y / screen_period * 256);
    std::uint64_t seen = 0;
    for (int lane = 0; lane < 3; ++lane) {
        const auto value = static_cast<float>(colour >> (16 * lane) & 0xff);
        const float shade = wave.shade[static_cast<std::size_t>((stripe + lane * 85) & 0xff)] *
                            wave.shade[static_cast<std::size_t>(row & 0xff)];
        seen |= static_cast<std::uint64_t>(std::clamp(value * shade * 1.25F, 0.F, 255.F)) << (16 * lane);
    }
    return seen;
}

// Holes for the eyes of who holds the print: 34 x 19 mm with 63 mm between the eyes; a shadow at the cut.
constexpr float half_hole = 0.27F, hole_up = 0.15F, cut_edge = 0.85F; // eye distances; of the radius

// 0 in the middle of a hole, 1 at its cut.
float through_hole(const Eyes& eyes, Spot at) {
    const float unit = std::hypot(eyes.right_x - eyes.left_x, eyes.right_y - eyes.left_y);
    const auto radius = [&](float x, float y) {
        return std::hypot((at.x - x) / unit / half_hole, (at.y - y) / unit / hole_up);
    };
    if (std::abs(at.y - (eyes.left_y + eyes.right_y) / 2) > unit / 2)
        return 2; // far from both
    return std::min(radius(eyes.left_x, eyes.left_y), radius(eyes.right_x, eyes.right_y));
}

std::uint64_t lit(std::uint64_t colour, const Lamp* lamp) {
    return lamp == nullptr ? colour : lamp->on(colour);
}

} // namespace

Canvas room(const Canvas& still) {
    constexpr int cell = 48; // pixels
    Canvas behind = still;
    behind.eyes.reset();
    for (int y = 0; y < behind.height; ++y) {
        for (int x = 0; x < behind.width; ++x) {
            // drawn out of the still's upper left corner: colours of the place, nothing of the person
            const float from_x = static_cast<float>(x % (2 * cell)), from_y = static_cast<float>(y) / 4;
            behind.at(x, y) = mix(still.between(from_x / 8, from_y), darkness, 120);
        }
    }
    return behind;
}

void show_sheet(const Sheet& sheet, const Gesture& gesture, Canvas& shown) {
    const auto instrument = sheet.instrument;
    const Canvas& content = sheet.content;
    const bool coarse = instrument == Presentation::screen || instrument == Presentation::video;
    const std::uint64_t rim = lit(is_screen(instrument) ? bezel : paper, sheet.lamp);
    const Relief relief{instrument == Presentation::bent ? Relief::Shape::cylinder : Relief::Shape::plane,
                        far};
    const auto half = static_cast<float>(content.height - 2 * content.margin) / 2;
    const ReliefMap::Placement place{static_cast<float>(content.width) / 2,
                                     static_cast<float>(content.height) / 2, half * size};
    const ReliefMap map(relief, place, gesture, 0, 0, content.width, content.height);
    // the content's own units: the picture's height without the margin fills the sheet
    std::vector<Spot> row(static_cast<std::size_t>(shown.width));
    for (int y = 0; y < shown.height; ++y) {
        map.row(y, row);
        for (int x = 0; x < shown.width; ++x) {
            const Spot at = row[static_cast<std::size_t>(x)];
            if (std::abs(at.x) > half_width + border || std::abs(at.y) > 1 + border)
                continue;
            if (std::abs(at.x) > half_width || std::abs(at.y) > 1) {
                shown.at(x, y) = rim;
                continue;
            }
            const Spot from{static_cast<float>(content.width) / 2 + at.x * half,
                            static_cast<float>(content.height) / 2 + at.y * half};
            const float hole =
                sheet.behind != nullptr && content.eyes ? through_hole(*content.eyes, from) : 2;
            const std::uint64_t colour =
                hole < 1 ? (hole < cut_edge ? sheet.behind->between(from.x, from.y) : darkness)
                         : content.between(from.x, from.y);
            shown.at(x, y) = lit(coarse ? through_pixels(colour, from) : colour, sheet.lamp);
        }
    }
}

} // namespace kaomon::camera::simulated
