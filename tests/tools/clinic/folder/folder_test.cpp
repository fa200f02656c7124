#include "tests/drivers/inject/disk.hpp"
#include "tests/drivers/inject/inject.hpp"
#include "tests/tools/clinic/folder/temporary_folder.hpp"
#include "tools/clinic/folder/folder.hpp"

#include <gtest/gtest.h>

namespace kaomon::clinic {
namespace {

using test::inject::Disk;
using test::inject::Failing;
using testing::TemporaryFolder;

Outcome<std::string> only_good(std::string_view text) {
    if (text.starts_with("good"))
        return std::string(text);
    return trouble(exit_usage, "damaged", {"壊れています", "damaged"});
}

TEST(ClinicFolder, NothingIsReadWhereNothingIs) {
    TemporaryFolder place;
    const auto read = place.folder.read<std::string>("steps.json", only_good);
    ASSERT_TRUE(read);
    EXPECT_FALSE(*read);
    EXPECT_FALSE(std::filesystem::exists(place.folder.root())) << "reading makes no folder";
}

TEST(ClinicFolder, ADamagedFileIsKeptAndTheLastGoodOneUsed) {
    TemporaryFolder place;
    ASSERT_TRUE(place.folder.write("steps.json", "good 1"));
    place.put("steps.json", "half of a fi");
    const auto read = place.folder.read<std::string>("steps.json", only_good);
    ASSERT_TRUE(read && *read);
    EXPECT_EQ(**read, "good 1");
    EXPECT_EQ(place.text("steps.json"), "good 1");
    EXPECT_EQ(place.text("steps.json.bad"), "half of a fi");
    ASSERT_EQ(place.folder.notices().size(), 1U);
    EXPECT_NE(place.folder.notices()[0].ja.find("steps.json.bad"), std::string::npos);

    place.put("steps.json", "another half");
    ASSERT_TRUE(place.folder.read<std::string>("steps.json", only_good));
    EXPECT_EQ(place.text("steps.json.bad"), "half of a fi") << "nothing is lost";
    EXPECT_EQ(place.text("steps.json.bad.2"), "another half");
}

TEST(ClinicFolder, AFileEditedByHandBecomesTheLastGoodOneWhenRead) {
    TemporaryFolder place;
    ASSERT_TRUE(place.folder.write("steps.json", "good 1"));
    place.put("steps.json", "good 2, by hand");
    ASSERT_TRUE(place.folder.read<std::string>("steps.json", only_good));
    place.put("steps.json", "damaged");
    EXPECT_EQ(**place.folder.read<std::string>("steps.json", only_good), "good 2, by hand");
}

TEST(ClinicFolder, ADamagedFileWithoutAnEarlierOneStaysAndTheTroubleIsTold) {
    TemporaryFolder place;
    place.put("steps.json", "damaged");
    const auto read = place.folder.read<std::string>("steps.json", only_good);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().word, "damaged");
    EXPECT_EQ(place.text("steps.json"), "damaged");
    EXPECT_FALSE(place.has("steps.json.bad"));
}

TEST(ClinicFolder, WhatIsTooLargeOrNoFileIsTold) {
    TemporaryFolder place;
    place.put("steps.json", std::string(largest_file + 1, 'x'));
    EXPECT_EQ(place.folder.read<std::string>("steps.json", only_good).error().word, "clinic_folder");
    std::filesystem::create_directories(place.folder.at("network.json"));
    EXPECT_EQ(place.folder.read<std::string>("network.json", only_good).error().word, "clinic_folder");
}

TEST(ClinicFolder, AFolderThatCannotBeMadeIsTold) {
    TemporaryFolder place;
    std::ofstream(place.root / "clinic") << "a file where the folder should be";
    const auto written = place.folder.write("steps.json", "good");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().word, "clinic_folder");
    EXPECT_FALSE(written.error().next.ja.empty());
}

TEST(ClinicFolder, AFileIsTheOldOrTheNewOneWhateverTheDiskDoes) {
    unsigned kept = 0, replaced = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        SCOPED_TRACE(seed);
        Disk disk(seed);
        disk.put("steps.json", "good 1");
        Folder folder(disk.folder());
        {
            const Failing failing(seed, 5);
            if (seed % 2 == 0)
                disk.end_power_after(static_cast<unsigned>(seed / 2 % 7));
            const bool done = folder.put("steps.json", "good 2").has_value();
            EXPECT_TRUE(!done || disk.on_disk("steps.json", "good 2"));
        }
        disk.start_again();
        const auto read = folder.read<std::string>("steps.json", only_good);
        ASSERT_TRUE(read && *read);
        EXPECT_TRUE(**read == "good 1" || **read == "good 2") << **read;
        ++(**read == "good 1" ? kept : replaced);
        EXPECT_TRUE(folder.notices().empty()) << "nothing was damaged";
    }
    EXPECT_GT(kept, 20U);
    EXPECT_GT(replaced, 20U);
}

TEST(ClinicFolder, ListsByEndingInOrder) {
    TemporaryFolder place;
    for (const char* name :
         {"measurements/readers/B.json", "measurements/readers/A.json", "measurements/readers/A.json.bad"})
        place.put(name, "x");
    EXPECT_EQ(place.folder.list("measurements/readers", ".json"),
              (std::vector<std::string>{"measurements/readers/A.json", "measurements/readers/B.json"}));
    EXPECT_TRUE(place.folder.list("nowhere", ".json").empty());
}

} // namespace
} // namespace kaomon::clinic
