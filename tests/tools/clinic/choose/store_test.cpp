#include "tests/tools/clinic/folder/temporary_folder.hpp"
#include "tools/clinic/choose/store.hpp"

#include <gtest/gtest.h>

namespace kaomon::choose {
namespace {

using namespace std::chrono;
using testing::TemporaryFolder;

Measurement candidate(Device device, std::string name) {
    Measurement one;
    one.device = device;
    one.name = std::move(name);
    one.on = 2026y / November / 24;
    return one;
}

TEST(Store, KeepsReadersAndCamerasApart) {
    TemporaryFolder place;
    ASSERT_TRUE(save(place.folder, candidate(Device::camera, "A")));
    ASSERT_TRUE(save(place.folder, candidate(Device::reader, "B")));
    ASSERT_TRUE(save(place.folder, candidate(Device::reader, "窓口")));
    const auto all = load(place.folder);
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 3U);
    EXPECT_EQ((*all)[0].name, "B");
    EXPECT_EQ((*all)[2].device, Device::camera);
    ASSERT_TRUE(forget(place.folder, "B"));
    EXPECT_EQ(load(place.folder)->size(), 2U);
    EXPECT_EQ(forget(place.folder, "B").error().word, "no_such_candidate");
}

TEST(Store, ANameIsNoPath) {
    TemporaryFolder place;
    for (const char* name :
         {"", "../A", "A/B", "A.json", ".", "A B", "01234567890123456789012345678901234567890"})
        EXPECT_EQ(save(place.folder, candidate(Device::reader, name)).error().word, "impossible_name")
            << name;
}

TEST(Store, ADamagedMeasurementLeavesTheOthers) {
    TemporaryFolder place;
    ASSERT_TRUE(save(place.folder, candidate(Device::reader, "A")));
    ASSERT_TRUE(save(place.folder, candidate(Device::reader, "B")));
    place.put("measurements/readers/A.json", "{");
    const auto all = load(place.folder);
    ASSERT_TRUE(all) << "the last good one is used";
    EXPECT_EQ(all->size(), 2U);
    EXPECT_TRUE(place.has("measurements/readers/A.json.bad"));
}

} // namespace
} // namespace kaomon::choose
