#include "drivers/camera/v4l2/offers.hpp"
#include "tests/drivers/camera/v4l2/fake_device.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace kaomon::camera::v4l2 {
namespace {

using namespace std::chrono_literals;

constexpr const char* path = "/dev/kaomon-fake-camera";

TEST(ListOffers, EverySizeOfEveryFormatWithItsRates) {
    FakeDevice device(path);
    device.rates = {30, 15};
    device.formats = {V4L2_PIX_FMT_MJPEG, V4L2_PIX_FMT_GREY};
    device.sizes = {{640, 480}, {1280, 720}};
    const auto offers = list_offers(path, 2s);
    ASSERT_TRUE(offers) << offers.error().detail;
    const std::vector<Offer> expected{{"MJPG", 640, 480, {30, 15}},
                                      {"MJPG", 1280, 720, {30, 15}},
                                      {"GREY", 640, 480, {30, 15}},
                                      {"GREY", 1280, 720, {30, 15}}};
    EXPECT_EQ(*offers, expected);
    EXPECT_FALSE(device.is_open());
}

TEST(ListOffers, ADriverWithoutSuchListsHasNone) {
    FakeDevice device(path);
    device.errors[VIDIOC_ENUM_FRAMEINTERVALS] = ENOTTY;
    ASSERT_TRUE(list_offers(path, 2s));
    EXPECT_TRUE(list_offers(path, 2s)->front().rates.empty());
    device.errors[VIDIOC_ENUM_FRAMESIZES] = ENOTTY;
    EXPECT_TRUE(list_offers(path, 2s)->empty());
}

TEST(ListOffers, WhatFailsIsAReason) {
    FakeDevice device(path);
    device.errors[VIDIOC_ENUM_FMT] = ENODEV;
    EXPECT_EQ(list_offers(path, 2s).error().reason, Reason::camera_lost);
    device.open_error = EBUSY;
    EXPECT_EQ(list_offers(path, 2s).error().reason, Reason::camera_busy);
}

} // namespace
} // namespace kaomon::camera::v4l2
