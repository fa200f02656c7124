#include "tests/tools/clinic/temporary_folder.hpp"
#include "tools/clinic/folder.hpp"

#include <gtest/gtest.h>

namespace kaomon::clinic {
namespace {

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
