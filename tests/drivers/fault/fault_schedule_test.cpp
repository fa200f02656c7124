#include "drivers/fault/fault_schedule.hpp"

#include <gmock/gmock.h>

namespace kaomon::fault {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FaultSchedule, AtOnceOrAfterSoManyUnits) {
    FaultSchedule schedule;
    const Fault now{Verb::mute, {}, 0};
    EXPECT_EQ(schedule.add(now), now);
    EXPECT_EQ(schedule.add({Verb::pull, {}, 2}), std::nullopt);
    EXPECT_EQ(schedule.add({Verb::insert, {}, 3}), std::nullopt);
    EXPECT_THAT(schedule.arrive(), IsEmpty());
    EXPECT_THAT(schedule.arrive(), IsEmpty());
    EXPECT_THAT(schedule.arrive(), ElementsAre(Fault{Verb::pull, {}, 0}));
    EXPECT_THAT(schedule.arrive(), ElementsAre(Fault{Verb::insert, {}, 0}));
    EXPECT_THAT(schedule.arrive(), IsEmpty());
}

TEST(FaultSchedule, ClearDropsWhatWaits) {
    FaultSchedule schedule;
    schedule.add({Verb::pull, {}, 1});
    EXPECT_TRUE(schedule.add({Verb::clear, {}, 0}));
    EXPECT_THAT(schedule.arrive(), IsEmpty());
    EXPECT_THAT(schedule.arrive(), IsEmpty());

    schedule.add({Verb::pull, {}, 5});
    schedule.add({Verb::clear, {}, 1});
    schedule.arrive();
    EXPECT_THAT(schedule.arrive(), ElementsAre(Fault{Verb::clear, {}, 0}));
    for (int i = 0; i < 8; ++i)
        EXPECT_THAT(schedule.arrive(), IsEmpty());
}

} // namespace
} // namespace kaomon::fault
