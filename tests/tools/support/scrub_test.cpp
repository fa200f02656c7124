#include "tools/support/scrub.hpp"

#include <gtest/gtest.h>

namespace kaomon::support {
namespace {

constexpr const char* gone = "[…]";

TEST(Scrub, NumbersOfCardsAndPeopleGo) {
    EXPECT_EQ(scrubbed("number 55021720352285."), std::string("number ") + gone + ".");
    EXPECT_EQ(scrubbed("1234 5678 9012 end"), std::string(gone) + " end");
    EXPECT_EQ(scrubbed("123-4567-8901"), gone);
    EXPECT_EQ(scrubbed("n=123456789012"), std::string("n=") + gone);
}

TEST(Scrub, NamesGo) {
    EXPECT_EQ(scrubbed("holder 山田 花子, read"), std::string("holder ") + gone + " " + gone + ", read");
    EXPECT_EQ(scrubbed("\xFF\xFE"), gone); // no text at all
}

TEST(Scrub, PicturesAndResultsGo) {
    EXPECT_EQ(scrubbed("jpeg " + std::string(60, 'A')), std::string("jpeg ") + gone);
    const std::string part(30, 'x'); // a signed result: three words with dots between
    EXPECT_EQ(scrubbed("eyJ" + part + "." + part + "A." + part), gone);
    EXPECT_EQ(scrubbed(std::string(64, 'f')), gone);
}

TEST(Scrub, WhatHelpsStays) {
    for (const char* line :
         {"2026-11-30T07:23:16+00:00 kaomond[12345]: session 0a1b2c3d: verified, match, 1203 ms",
          "/usr/share/kaomon/models/face_detection_yunet_2023mar.net",
          "card.reader = \"ACS ACR1252 CL Reader [ACR1252 Reader PICC] 00 00\"",
          "kaomon_session_seconds_bucket{issuer=\"a\",decision=\"verified\",le=\"0.25\"} 3",
          "usb 1-2.4  046d:082d  Logitech HD Pro Webcam C920", "MemTotal:       24642020 kB"})
        EXPECT_EQ(scrubbed(line), line);
}

} // namespace
} // namespace kaomon::support
