// Four readers and three cameras with different faults, measured whole: the ranking is the one a person would
// give.
#include "tests/tools/clinic/choose/stand_guide.hpp"
#include "tools/clinic/choose/comparison.hpp"
#include "tools/clinic/choose/measure_camera.hpp"
#include "tools/clinic/choose/measure_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kaomon::choose {
namespace {

using namespace std::chrono;
using ::testing::HasSubstr;

const Date day = 2026y / November / 25;
const std::filesystem::path source = KAOMON_SOURCE_DIR;

Measurement reader(std::string name, ReaderFault fault) {
    const auto stand = SimulatedReaderStand::make(fault, day).value();
    StandGuide guide;
    guide.reader = stand.get();
    const ReaderPlan plan{.today = day,
                          .taps = 50,
                          .full_taps = 3,
                          .round_trips = 30,
                          .photo_reads = 2,
                          .number = stand->number(),
                          .patience = Milliseconds(150)};
    ReaderFacts facts;
    facts.simulated = "reader";
    if (const auto measured = measure_reader(stand->reader(), guide, plan, facts); !measured)
        throw std::runtime_error(std::string(word(measured.error().reason)) + measured.error().detail);
    return measurement_of(facts, std::move(name), day);
}

Measurement camera(std::string name, CameraFault fault, face::Pipeline& pipeline) {
    const auto stand = SimulatedCameraStand::make(fault, source / "models/demo/obama.jpg").value();
    StandGuide guide;
    guide.camera = stand.get();
    const CameraPlan plan{.pipeline = &pipeline,
                          .opens = 1,
                          .timed_frames = 20,
                          .frames_per_light = 4,
                          .settle = Milliseconds(0)};
    CameraFacts facts;
    facts.simulated = "camera";
    if (const auto measured = measure_camera(stand->camera(), guide, plan, facts); !measured)
        throw std::runtime_error(std::string(word(measured.error().reason)) + measured.error().detail);
    // what the load of this machine adds to a simulated camera is no part of the comparison
    facts.first_frame = {100};
    facts.age.assign(facts.age.size(), 50);
    facts.dropped = 0;
    return measurement_of(facts, std::move(name), day);
}

std::string told(const std::vector<Ranked>& ranked) {
    std::string text;
    for (const Ranked& one : ranked)
        text += one.candidate->name + " " + std::string(word(one.grade)) + ": " + one.reason.en + "\n";
    return text;
}

TEST(Candidates, FourReadersInTheOrderAPersonWouldGive) {
    const std::vector<Measurement> all{
        reader("mute", ReaderFault::mute), reader("tap-loss", ReaderFault::tap_loss),
        reader("slow", ReaderFault::slow), reader("small-block", ReaderFault::small_block)};
    const auto ranked = rank(all, Device::reader);
    std::vector<std::string> order;
    for (const Ranked& one : ranked)
        order.push_back(one.candidate->name);
    // 1: works, once a setting is made, and is quick. 2: works, but every patient waits. 3: one patient in
    // five must put the card down again. 4: reads nothing at all.
    EXPECT_THAT(order, ::testing::ElementsAre("small-block", "slow", "tap-loss", "mute")) << told(ranked);
    EXPECT_EQ(ranked[0].grade, Grade::conditional);
    EXPECT_THAT(ranked[0].reason.en, HasSubstr("read_block = 128"));
    EXPECT_EQ(ranked[1].grade, Grade::conditional);
    EXPECT_THAT(ranked[1].reason.en, HasSubstr("ms for one command"));
    EXPECT_EQ(ranked[2].grade, Grade::fail);
    EXPECT_THAT(ranked[2].reason.en, HasSubstr("10 of 50 taps"));
    EXPECT_EQ(ranked[3].grade, Grade::fail);
    EXPECT_THAT(ranked[3].reason.en, HasSubstr("not one of 5 taps"));
    for (const Ranked& one : ranked)
        EXPECT_NE(one.candidate->simulated, "");
}

TEST(Candidates, ThreeCamerasInTheOrderAPersonWouldGive) {
    ASSERT_TRUE(std::filesystem::exists(source / "models/demo/obama.jpg")) << "run tools/models/fetch --demo";
    const auto pipeline = face::Pipeline::load(source / "models").value();
    const std::vector<Measurement> all{camera("blurred", CameraFault::blurred, *pipeline),
                                       camera("low-rate", CameraFault::low_rate, *pipeline),
                                       camera("dark-noisy", CameraFault::dark_noisy, *pipeline)};
    const auto ranked = rank(all, Device::camera);
    std::vector<std::string> order;
    for (const Ranked& one : ranked)
        order.push_back(one.candidate->name);
    // 1: good by day, and a lamp helps it. 2: sharp, but too few pictures to see a face move. 3: of no use
    // anywhere.
    EXPECT_THAT(order, ::testing::ElementsAre("dark-noisy", "low-rate", "blurred")) << told(ranked);
    EXPECT_EQ(ranked[0].grade, Grade::conditional);
    EXPECT_EQ(ranked[1].grade, Grade::fail);
    EXPECT_THAT(ranked[1].reason.en, HasSubstr("frames a second"));
    EXPECT_EQ(ranked[2].grade, Grade::fail);
    EXPECT_THAT(ranked[2].reason.en, HasSubstr("of the frames can be used"));
    EXPECT_THAT(all[0].find("colour")->shown.en, HasSubstr("colour")) << "by its pictures";
}

} // namespace
} // namespace kaomon::choose
