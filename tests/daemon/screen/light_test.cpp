// Every light that can be drawn, held against WCAG 2.2, success criterion 2.3.1 and its definition of general
// and red flash thresholds.
#include "daemon/screen/light.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace kaomon::screen {
namespace {

// As WCAG 2.2 defines relative luminance.
double linear(std::uint8_t value) {
    const double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
double luminance(const Colour& colour) {
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}
// R/(R+G+B), of linear light and of what stands in the bytes: the definition leaves it open.
double redness(const Colour& colour) {
    const double r = linear(colour.red), g = linear(colour.green), b = linear(colour.blue);
    const double coded = double{1} * colour.red / (colour.red + colour.green + colour.blue);
    return std::max(r / (r + g + b), coded);
}

// "a pair of opposing changes in relative luminance of 10% or more of the maximum relative luminance (1.0)
// where the relative luminance of the darker image is below 0.80"
int general_flashes(const std::vector<double>& luminances) {
    int transitions = 0, direction = 0;
    double low = luminances.front(), high = luminances.front();
    for (const double now : luminances) {
        low = std::min(low, now), high = std::max(high, now);
        if (now - low >= 0.1 && low < 0.8 && direction != 1)
            ++transitions, direction = 1, high = now;
        else if (high - now >= 0.1 && now < 0.8 && direction != -1)
            ++transitions, direction = -1, low = now;
        if (direction == 1)
            low = std::min(now, high), high = std::max(high, now);
    }
    return transitions / 2;
}

TEST(Light, ACounterOfFlashesCounts) {
    EXPECT_EQ(general_flashes({0.5, 0.5}), 0);
    EXPECT_EQ(general_flashes({0.5, 0.62, 0.5}), 1);
    EXPECT_EQ(general_flashes({0.5, 0.59, 0.5}), 0);
    EXPECT_EQ(general_flashes({0, 1, 0, 1, 0}), 2);
    EXPECT_EQ(general_flashes({0.85, 1, 0.85, 1}), 0) << "both are bright";
}

TEST(Light, NoOrderOfColoursIsAFlash) {
    ASSERT_EQ(every_light().size(), 600U);
    for (const Light& light : every_light()) {
        std::vector<double> luminances;
        for (const Colour& colour : light) {
            luminances.push_back(luminance(colour));
            EXPECT_LT(redness(colour), 0.8) << "a saturated red";
        }
        const auto [darkest, brightest] = std::ranges::minmax(luminances);
        EXPECT_LT(brightest - darkest, 0.03); // of 0.1, whatever a screen that is not calibrated makes of it
        EXPECT_EQ(general_flashes(luminances), 0);
        for (const double view : {0.0, 1.0}) { // before and after it: one in three seconds, at most
            auto whole = luminances;
            whole.insert(whole.begin(), view), whole.push_back(view);
            EXPECT_LE(general_flashes(whole), 1);
        }
    }
}

TEST(Light, ColoursAreFarApartAndEachChangeIsSeen) {
    std::set<std::string> all;
    for (const Light& light : every_light()) {
        std::string text;
        for (std::size_t i = 0; i < light.size(); ++i) {
            const auto& [red, green, blue] = light[i];
            text += std::to_string(red) + "," + std::to_string(green) + "," + std::to_string(blue) + " ";
            if (i == 0)
                continue;
            const auto against_green = [](const Colour& c) {
                return std::pair(linear(c.red) - linear(c.green), linear(c.blue) - linear(c.green));
            };
            const auto [red_now, blue_now] = against_green(light[i]);
            const auto [red_before, blue_before] = against_green(light[i - 1]);
            EXPECT_GT(std::hypot(red_now - red_before, blue_now - blue_before), 0.75);
        }
        all.insert(text);
    }
    EXPECT_EQ(all.size(), 600U) << "none twice";
}

TEST(Light, EachOrderIsDrawnAsOftenAsAnother) {
    std::map<const Light*, int> drawn;
    for (std::uint64_t random = 0; random < 6000; ++random)
        ++drawn[&drawn_light(random)];
    EXPECT_EQ(drawn.size(), 600U);
    for (const auto& [light, times] : drawn)
        EXPECT_EQ(times, 10);
}

} // namespace
} // namespace kaomon::screen
