#include "daemon/config/edit.hpp"
#include "daemon/config/key_name.hpp"

#include <gtest/gtest.h>

namespace kaomon::config {
namespace {

kaomon::Result<std::string> set(std::string_view toml, std::string_view name, std::string_view typed) {
    const Key* key = find_key(name);
    if (key == nullptr)
        throw std::invalid_argument(std::string(name));
    return with_value(toml, *key, text_as_toml(*key, typed), "f");
}

TEST(ConfigEdit, ChangesTheValueAndNothingElse) {
    const auto changed = set("# ours\n[camera]\nrate = 30 # as bought\nwidth = 640\n", "camera.rate", "15");
    ASSERT_TRUE(changed);
    EXPECT_EQ(*changed, "# ours\n[camera]\nrate = 15 # as bought\nwidth = 640\n");
}

TEST(ConfigEdit, AKeyThatIsNotThereComesUnderItsSection) {
    EXPECT_EQ(*set("[camera]\nwidth = 640\n[face]\nframes = 4\n", "camera.rate", "15"),
              "[camera]\nrate = 15\nwidth = 640\n[face]\nframes = 4\n");
    EXPECT_EQ(*set("[camera]", "camera.rate", "15"), "[camera]\nrate = 15\n");
}

TEST(ConfigEdit, ASectionThatIsNotThereComesLast) {
    EXPECT_EQ(*set("", "camera.rate", "15"), "[camera]\nrate = 15\n");
    EXPECT_EQ(*set("[face]\nframes = 4", "camera.rate", "15"), "[face]\nframes = 4\n\n[camera]\nrate = 15\n");
}

TEST(ConfigEdit, ListsOverSeveralLinesAndTextsOfManyBytes) {
    EXPECT_EQ(*set("[card]\nreader = \"受付の\" # あ\n", "card.reader", "窓口"),
              "[card]\nreader = \"窓口\" # あ\n");
    EXPECT_EQ(*set("[session]\nmethods = [\n  \"face\",\n  \"pin\",\n]\ndeadline_ms = 50000\n",
                   "session.methods", "face"),
              "[session]\nmethods = [\"face\"]\ndeadline_ms = 50000\n");
    EXPECT_EQ(*set("", "session.methods", "face,pin"), "[session]\nmethods = [\"face\", \"pin\"]\n");
    EXPECT_EQ(*set("", "socket.verify_users", ""), "[socket]\nverify_users = []\n");
}

TEST(ConfigEdit, WhatIsNotAllowedIsNotWritten) {
    for (const auto& [name, typed] : {std::pair{"camera.rate", "fast"},
                                      {"camera.rate", "100000"},
                                      {"match.policy", "lax"},
                                      {"camera.rate", "15\nwidth = 1"},
                                      {"card.reader", "a\nb"},
                                      {"camera.rate", "15]\n"}}) {
        const auto changed = set("[camera]\nrate = 30\n", name, typed);
        ASSERT_FALSE(changed) << name << " " << typed;
        EXPECT_EQ(changed.error().reason, Reason::config_invalid);
    }
}

TEST(ConfigEdit, WhatWasInvalidBeforeIsSaid) {
    const auto changed = set("[camera]\nrate = \"x\"\n", "camera.width", "640");
    ASSERT_FALSE(changed);
    EXPECT_TRUE(changed.error().detail.starts_with("f:2: camera.rate")) << changed.error().detail;
}

// A quote in a reader's name ends no text.
TEST(ConfigEdit, TextsAreQuoted) {
    const auto changed = set("", "result.issuer", "clinic \\ A\"B");
    ASSERT_TRUE(changed) << changed.error().detail;
    EXPECT_EQ(parse(*changed, "f")->result.issuer, "clinic \\ A\"B");
}

// Every key of the default file can be set to what it is.
TEST(ConfigEdit, EveryKeyCanBeSet) {
    const std::string file = defaults_as_toml();
    for (const auto& key : keys()) {
        const auto same = with_value(file, key, value_as_toml(key, Config{}), "f");
        ASSERT_TRUE(same) << key.name;
        EXPECT_EQ(*same, file) << key.name;
    }
}

TEST(ConfigKeys, AreFoundAndGuessed) {
    EXPECT_EQ(find_key("camera"), nullptr);
    EXPECT_EQ(find_key("camera.rat"), nullptr);
    EXPECT_EQ(find_key("camera.rate")->name, "rate");
    EXPECT_EQ(nearest_key("camera.rat"), "camera.rate");
    EXPECT_EQ(nearest_key("min_trys"), "card.min_tries");
    EXPECT_EQ(nearest_key("nothing.like.it"), "");
}

} // namespace
} // namespace kaomon::config
