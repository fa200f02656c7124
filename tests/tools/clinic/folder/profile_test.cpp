#include "tests/tools/clinic/folder/temporary_folder.hpp"
#include "tools/clinic/folder/profile.hpp"

#include <gtest/gtest.h>

namespace kaomon::clinic {
namespace {

using testing::TemporaryFolder;

Profile with(std::initializer_list<std::pair<const char*, const char*>> values) {
    Profile profile;
    for (const auto& [key, value] : values)
        EXPECT_TRUE(profile.set(key, value)) << key;
    return profile;
}

TEST(Profile, ReadsWhatItPrints) {
    const Profile profile = with({{"name", "みかん \"内科\" \\ 皮膚科"},
                                  {"open", "2027-04"},
                                  {"desk.count", "2"},
                                  {"order.notes", "# no comment"}});
    const auto read = parse_profile(print_profile(profile));
    ASSERT_TRUE(read) << read.error().what.en;
    EXPECT_EQ(*read, profile);
}

TEST(Profile, TakesANumberWithoutQuotes) {
    EXPECT_EQ((*parse_profile("[desk]\ncount = 3\n"))["desk.count"], "3");
}

TEST(Profile, RefusesWhatCannotBe) {
    Profile profile;
    EXPECT_EQ(profile.set("kind", "zoo").error().word, "impossible_value");
    EXPECT_EQ(profile.set("open", "2027-13").error().word, "impossible_value");
    EXPECT_EQ(profile.set("desk.count", "0").error().word, "impossible_value");
    EXPECT_EQ(profile.set("name", "two\nlines").error().word, "impossible_value");
    EXPECT_EQ(profile.set("name", std::string(201, 'x')).error().word, "impossible_value");
    EXPECT_EQ(profile.set("nmae", "x").error().word, "unknown_key");
    EXPECT_EQ(profile, Profile{});
}

TEST(Profile, ADamagedFileIsToldWithItsLine) {
    for (const char* text : {"name = \"x\"\nopen = \"2027-44\"\n", "name = \"x\"\nnmae = \"y\"\n",
                             "name = [1, 2]\n", "name = ", "\xFF\xFE", "[contact\n"}) {
        const auto read = parse_profile(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().word, "profile_invalid");
    }
}

TEST(Profile, WritingKeepsTheCommentsOfAPerson) {
    TemporaryFolder place;
    place.put("clinic.toml",
              "# ours\nname = \"みかん\"\n\n[contact]\n# the new number\ntelephone = \"089\"\n");
    Profile profile = *read_profile(place.folder);
    ASSERT_TRUE(profile.set("name", "りんご"));
    ASSERT_TRUE(profile.set("contact.mail", "a@example.invalid"));
    ASSERT_TRUE(profile.set("desk.count", "2"));
    ASSERT_TRUE(profile.set("open", "2027-04"));
    ASSERT_TRUE(write_profile(place.folder, profile));
    EXPECT_EQ(place.text("clinic.toml"),
              "open = \"2027-04\"\n# ours\nname = \"りんご\"\n\n[contact]\nmail = \"a@example.invalid\"\n"
              "# the new number\ntelephone = \"089\"\n[desk]\ncount = \"2\"\n");
    EXPECT_EQ(*read_profile(place.folder), profile);
}

TEST(Profile, WritingUnderstandsOtherSpellingsOfToml) {
    TemporaryFolder place;
    place.put("clinic.toml", "\"name\" = \"みかん\"\n");
    Profile profile = *read_profile(place.folder);
    ASSERT_TRUE(profile.set("name", "りんご"));
    ASSERT_TRUE(write_profile(place.folder, profile));
    EXPECT_EQ(*read_profile(place.folder), profile);
}

} // namespace
} // namespace kaomon::clinic
