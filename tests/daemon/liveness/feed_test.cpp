#include "tests/daemon/liveness/made_up_feed.hpp"

namespace kaomon::liveness {
namespace {

TEST(Feed, NothingIsSaidBeforeEnoughFrames) {
    Player player;
    Scene scene;
    player.expect_all(Outcome::not_assessed, "no frame");
    for (int i = 0; i < 7; ++i)
        player.show(scene.at(i));
    player.expect_all(Outcome::not_assessed, "seven frames");
    player.show(scene.at(7));
    player.expect_all(Outcome::pass, "eight frames");
}

TEST(Feed, ARunningCameraPassesWhateverTheLight) {
    struct Case {
        const char* name;
        Scene scene;
    };
    for (Case one :
         {Case{"usual", {}}, Case{"grey", {.colour = false}}, Case{"dim", {.exposure = 0.25, .noise = 4}},
          Case{"still person", {.sway = 0.02}}, Case{"nobody moves", {.sway = 0}},
          Case{"restless", {.sway = 4}}, Case{"mains flicker", {.flicker = 0.1}},
          Case{"still under mains flicker", {.flicker = 0.2, .sway = 0}}}) {
        Player player;
        for (int i = 0; i < 400; ++i)
            player.show(one.scene.at(i));
        player.expect_all(Outcome::pass, one.name);
    }
}

TEST(Feed, ExposureThatSettlesAndDroppedFramesAreNoFraud) {
    Player player;
    Scene scene;
    for (int i = 0, step = 1; i < 300; i += step) {
        scene.exposure = 1 - 0.7 * std::exp(-i / 10.0);
        step = 1 + i % 4; // irregular gaps up to 132 ms
        player.show(scene.at(i), static_cast<std::uint64_t>(step));
    }
    player.expect_all(Outcome::pass, "settling");
}

TEST(Feed, CamerasThatFillUpTheirRateWithCopiesAreTolerated) {
    for (const int copies : {2, 3}) {
        Player player;
        Scene scene;
        for (int i = 0; i < 120; ++i) {
            const Image picture = scene.at(i * copies);
            for (int k = 0; k < copies; ++k)
                player.show(picture);
        }
        player.expect_all(Outcome::pass, "copies");
    }
}

TEST(Feed, TheSameBufferTwiceIsNotASecondFrame) {
    Player player;
    Scene scene;
    const Image picture = scene.at(0);
    for (int i = 0; i < 20; ++i)
        player.show(picture, 0);
    player.expect_all(Outcome::not_assessed, "one buffer");
}

TEST(Feed, AFrozenFeedIsFoundAndHealsWhenItMovesAgain) {
    Player player;
    Scene scene;
    for (int i = 0; i < 10; ++i)
        player.show(scene.at(i));
    const Image frozen = scene.at(10);
    for (int i = 0; i < 3; ++i)
        player.show(frozen);
    EXPECT_EQ(player[Kind::feed_frozen], Outcome::pass) << "a run of copies";
    player.show(frozen);
    EXPECT_EQ(player[Kind::feed_frozen], Outcome::fail);
    for (int i = 0; i < 50; ++i)
        player.show(frozen);
    EXPECT_EQ(player[Kind::feed_frozen], Outcome::fail) << "as long as it lasts";
    for (int i = 0; i < 7; ++i) {
        player.show(scene.at(20 + i));
        EXPECT_EQ(player[Kind::feed_frozen], Outcome::not_assessed)
            << "a frame that moves is no running camera";
    }
    player.show(scene.at(27));
    EXPECT_EQ(player[Kind::feed_frozen], Outcome::pass);
    EXPECT_EQ(player[Kind::feed_repeated], Outcome::pass);
    EXPECT_EQ(player[Kind::feed_spliced], Outcome::pass);
}

// One new frame after every few equal ones never makes a running camera.
TEST(Feed, AFeedThatStuttersIsNeverWhole) {
    Player player;
    Scene scene;
    for (int i = 0; i < 60; ++i) {
        const Image picture = scene.at(i * 5);
        for (int k = 0; k < 5; ++k)
            player.show(picture);
        EXPECT_NE(player[Kind::feed_frozen], Outcome::pass) << i;
        EXPECT_NE(player[Kind::feed_black], Outcome::pass) << i;
    }
}

// A freeze wipes no forgery out.
TEST(Feed, AForgeryStaysWhateverFreezesAfterIt) {
    Player player;
    Scene before, after{.pattern = 2.5};
    for (int i = 0; i < 30; ++i)
        player.show(before.at(i));
    for (int i = 30; i < 33; ++i)
        player.show(after.at(i));
    const Image frozen = after.at(33);
    for (int i = 0; i < 10; ++i)
        player.show(frozen);
    EXPECT_EQ(veto(player.feed.evidence(), {}), Reason::feed_spliced) << "the forgery is told, not the fault";
    for (int i = 40; i < 80; ++i)
        player.show(after.at(i));
    EXPECT_EQ(player[Kind::feed_spliced], Outcome::fail);
}

TEST(Feed, AFeedFrozenFromTheStartIsFoundInFourFrames) {
    Player player;
    const Image frozen = Scene().at(0);
    for (int i = 0; i < 4; ++i)
        player.show(frozen);
    EXPECT_EQ(player[Kind::feed_frozen], Outcome::fail);
}

TEST(Feed, ALoopOfExactFramesIsFound) {
    for (const int length : {9, 30, 100}) {
        std::vector<Image> clip;
        Scene scene;
        for (int i = 0; i < length; ++i)
            clip.push_back(scene.at(i));
        Player player;
        for (int i = 0; i < length + 3; ++i) {
            EXPECT_NE(player[Kind::feed_repeated], Outcome::fail) << i;
            player.show(clip[static_cast<std::size_t>(i % length)]);
        }
        EXPECT_EQ(player[Kind::feed_repeated], Outcome::fail) << "loop of " << length;
    }
}

TEST(Feed, AClipPlayedForthAndBackIsFound) {
    std::vector<Image> clip;
    Scene scene;
    for (int i = 0; i < 40; ++i)
        clip.push_back(scene.at(i));
    Player player;
    for (int i = 0; i < 40; ++i)
        player.show(clip[static_cast<std::size_t>(i)]);
    for (int i = 38; i > 20; --i)
        player.show(clip[static_cast<std::size_t>(i)]);
    EXPECT_EQ(player[Kind::feed_repeated], Outcome::fail);
}

TEST(Feed, ALoopWithFreshNoiseIsFoundEvenWithDroppedFrames) {
    Scene scene;
    scene.sway = 2;
    Player player;
    for (int i = 0, step = 1; i < 300; i += step) {
        step = 1 + i % 2;
        player.show(scene.at(i % 60),
                    static_cast<std::uint64_t>(step)); // 60 frames over and over, noise anew
    }
    EXPECT_EQ(player[Kind::feed_repeated], Outcome::fail);
}

TEST(Feed, ACutIntoAnotherSceneIsFound) {
    for (const std::uint64_t step : {1U, 2U}) { // 30 and 15 frames a second
        Scene before, after{.pattern = 2.5};
        Player player;
        for (int i = 0; i < 30; ++i)
            player.show(before.at(i * static_cast<int>(step)), step);
        EXPECT_EQ(player[Kind::feed_spliced], Outcome::pass);
        for (int i = 30; i < 33; ++i)
            player.show(after.at(i * static_cast<int>(step)), step);
        EXPECT_EQ(player[Kind::feed_spliced], Outcome::fail);
    }
}

// Half a stop and more at once clips whatever is bright: much of the picture is new in a single step.
TEST(Feed, AnExposureThatWasAskedForIsNoSplice) {
    for (const int late : {3, 12}) { // frames of 33 ms after it was asked for
        Scene before, after{.pattern = 2.5};
        Player player;
        for (int i = 0; i < 30; ++i)
            player.show(before.at(i));
        player.feed.exposed(player.now);
        for (int i = 30; i < 30 + late; ++i)
            player.show(before.at(i));
        for (int i = 30 + late; i < 50; ++i)
            player.show(after.at(i));
        EXPECT_EQ(player[Kind::feed_spliced], late == 3 ? Outcome::pass : Outcome::fail)
            << "what jumps later is no exposure";
    }
}

// A strong screen in a dark room: its next colour, or its end, makes much of the picture new at once.
TEST(Feed, TheNextColourOfTheScreenIsNoSplice) {
    for (const bool told : {true, false}) {
        Player player;
        std::vector<FlashStep> shown;
        Scene room;
        for (int i = 0; i < 90; ++i) {
            if (i >= 30 && i % 15 == 0) {
                shown.push_back({player.now, {0, 211, 0}});
                room.pattern += 2.5;
                if (i == 75)
                    shown.clear();
                if (told)
                    player.feed.screen(shown);
            }
            player.show(room.at(i));
        }
        EXPECT_EQ(player[Kind::feed_spliced], told ? Outcome::pass : Outcome::fail);
    }
}

// An empty chair, then somebody within a third of a second: much of the picture is new, but over several
// frames.
TEST(Feed, WhoeverComesInFastIsNoSplice) {
    for (const int step : {1, 2}) { // 30 and 15 frames a second
        Player player;
        Scene scene{.aside = 150};
        for (int i = 0; i < 90; i += step) {
            if (i >= 40 && i < 50)
                scene.aside -= 15.0 * step;
            player.show(scene.at(i), static_cast<std::uint64_t>(step));
        }
        player.expect_all(Outcome::pass, "somebody came");
    }
}

TEST(Feed, AClockOrSizeThatJumpsIsASplice) {
    Scene scene;
    Player back;
    for (int i = 0; i < 10; ++i)
        back.show(scene.at(i));
    back.feed.add_frame(scene.at(10), back.now + Milliseconds(33), 3);
    EXPECT_EQ(back[Kind::feed_spliced], Outcome::fail) << "sequence";

    Player late;
    for (int i = 0; i < 10; ++i)
        late.show(scene.at(i));
    late.feed.add_frame(scene.at(10), late.now - Milliseconds(150), late.sequence + 1);
    EXPECT_EQ(late[Kind::feed_spliced], Outcome::pass) << "jitter of a USB clock";
    late.feed.add_frame(scene.at(11), late.now - Milliseconds(900), late.sequence + 2);
    EXPECT_EQ(late[Kind::feed_spliced], Outcome::fail) << "time";

    Player resized;
    for (int i = 0; i < 10; ++i)
        resized.show(scene.at(i));
    scene.colour = false;
    Image small = scene.at(10);
    small.height = 60;
    small.pixels.resize(small.stride() * 60);
    resized.show(small);
    EXPECT_EQ(resized[Kind::feed_spliced], Outcome::fail) << "size";
}

TEST(Feed, BlackIsFoundAndForgivenWhenLightComesBack) {
    Scene scene;
    Image black = scene.at(0);
    std::ranges::fill(black.pixels, std::uint8_t{0});
    Player player;
    for (int i = 0; i < 4; ++i)
        player.show(black);
    EXPECT_EQ(player[Kind::feed_black], Outcome::not_assessed) << "a camera that warms up";
    player.show(black);
    EXPECT_EQ(player[Kind::feed_black], Outcome::fail);
    EXPECT_EQ(player[Kind::feed_frozen], Outcome::not_assessed) << "black frames are equal without any fraud";
    for (int i = 0; i < 8; ++i)
        player.show(scene.at(i));
    player.expect_all(Outcome::pass, "light again");
    player.show(black);
    EXPECT_EQ(player[Kind::feed_black], Outcome::not_assessed);
}

TEST(Feed, PicturesWithoutStructureSayNothing) {
    Image white{.width = width, .height = height, .channels = 1, .pixels = {}};
    white.pixels.assign(white.stride() * height, 255);
    Player player;
    for (int i = 0; i < 20; ++i)
        player.show(white);
    player.expect_all(Outcome::not_assessed, "burnt out");
}

TEST(Feed, MalformedPicturesDoNoHarm) {
    Player player;
    for (int i = 0; i < 20; ++i) {
        Image picture{.width = 640, .height = 480, .channels = 3, .pixels = {}};
        picture.pixels.resize(100); // far too few
        player.show(picture);
        player.show(Image{});
    }
    EXPECT_NE(player[Kind::feed_frozen], Outcome::pass);
}

} // namespace
} // namespace kaomon::liveness
