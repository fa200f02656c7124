#include "drivers/card/mynumber/trust_store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

namespace kaomon::card::mynumber {
namespace {

TrustedKey some_key(char first = '9') {
    TrustedKey key;
    key.id = {
        static_cast<std::uint8_t>(first), '0', '0', '0', '0', '2', '3', 8, 5, '0', '0', '1', 0, 0, 0, 0};
    key.modulus.assign(256, 0xC5);
    key.exponent = {1, 0, 1};
    key.provenance = "made for a test; \"quoted\", 顔門";
    return key;
}

class TrustStoreTest : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "kaomon-trust-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        folder = name;
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    void write(const std::string& name, const std::string& text) { std::ofstream(folder / name) << text; }
    std::string detail() {
        const auto store = TrustStore::load(folder);
        if (store)
            return "loaded";
        EXPECT_EQ(store.error().reason, Reason::trust_store_invalid);
        return store.error().detail;
    }
    std::filesystem::path folder;
};

TEST_F(TrustStoreTest, WhatIsWrittenIsReadBack) {
    const TrustedKey key = some_key();
    write("simulated.toml", to_toml(key));
    write("more.toml", to_toml(some_key('6')) + "\n" + to_toml(some_key('5')));
    write("README.md", "not a key");
    const auto store = TrustStore::load(folder);
    ASSERT_TRUE(store) << store.error().detail;
    EXPECT_EQ(store->size(), 3U);
    const TrustedKey* found = store->find(key.id);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->modulus, key.modulus);
    EXPECT_EQ(found->exponent, key.exponent);
    EXPECT_EQ(found->provenance, key.provenance);
    EXPECT_EQ(store->find(some_key('7').id), nullptr);
}

TEST_F(TrustStoreTest, AnEmptyFolderTrustsNobody) {
    EXPECT_EQ(TrustStore::load(folder)->size(), 0U);
}

TEST_F(TrustStoreTest, AMissingFolderIsAnError) {
    folder /= "not-there";
    EXPECT_NE(detail().find("not-there"), std::string::npos);
}

TEST_F(TrustStoreTest, ErrorsNameFileAndLine) {
    write("a.toml", "\n\nid = ");
    EXPECT_NE(detail().find("a.toml:3"), std::string::npos) << detail();
    write("a.toml", "\nname = \"x\"\n");
    EXPECT_NE(detail().find("a.toml:2: only [[key]]"), std::string::npos) << detail();
    write("a.toml", "[key]\nid = \"00\"\n");
    EXPECT_NE(detail().find("only [[key]]"), std::string::npos) << detail();
    write("a.toml", to_toml(some_key()) + "modulos = \"1\"\n");
    EXPECT_NE(detail().find("unknown entry \"modulos\""), std::string::npos) << detail();
}

TEST_F(TrustStoreTest, EveryValueIsChecked) {
    const std::string good = to_toml(some_key());
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        write("a.toml", text);
        return detail();
    };
    EXPECT_EQ(with("010001", "01 00\t01"), "loaded");
    EXPECT_NE(with("id = \"39", "id = \"").find("16 bytes"), std::string::npos);
    EXPECT_NE(with("id = \"39", "id = \"zz").find("not hexadecimal"), std::string::npos);
    EXPECT_NE(with("id = ", "id = 5 #").find("no text"), std::string::npos);
    EXPECT_NE(with("c5c5", "c5c").find("not hexadecimal"), std::string::npos);
    EXPECT_NE(with("c5c5", "").find("modulus must"), std::string::npos);
    EXPECT_NE(with("010001", "010000").find("exponent must"), std::string::npos);
    EXPECT_NE(with("010001", "").find("exponent must"), std::string::npos);
    EXPECT_NE(with("provenance", "#provenance").find("provenance must"), std::string::npos);
    EXPECT_NE(with("exponent", "#exponent").find("exponent is missing"), std::string::npos);
}

TEST_F(TrustStoreTest, OneKeyIdStandsOnce) {
    write("a.toml", to_toml(some_key()));
    write("b.toml", to_toml(some_key()));
    EXPECT_NE(detail().find("stands twice"), std::string::npos);
}

TEST_F(TrustStoreTest, AFileThatEverybodyMayWriteIsRefused) {
    write("a.toml", to_toml(some_key()));
    chmod((folder / "a.toml").c_str(), 0646);
    EXPECT_NE(detail().find("everybody may write"), std::string::npos);
}

TEST_F(TrustStoreTest, WhatIsNoFileOrTooLargeIsRefused) {
    std::filesystem::create_directory(folder / "a.toml");
    EXPECT_NE(detail().find("is no file"), std::string::npos);
    std::filesystem::remove(folder / "a.toml");
    ASSERT_EQ(mkfifo((folder / "a.toml").c_str(), 0600), 0); // must not block either
    EXPECT_NE(detail().find("is no file"), std::string::npos);
    std::filesystem::remove(folder / "a.toml");
    write("a.toml", std::string(300'000, '#'));
    EXPECT_NE(detail().find("too large"), std::string::npos);
}

TEST(HierarchyOf, TheFirstDigitTells) {
    EXPECT_EQ(hierarchy_of(some_key('5').id), Hierarchy::production);
    EXPECT_EQ(hierarchy_of(some_key('6').id), Hierarchy::test);
    EXPECT_EQ(hierarchy_of(some_key('9').id), Hierarchy::simulated);
    EXPECT_EQ(hierarchy_of(some_key('0').id), Hierarchy::unknown);
}

} // namespace
} // namespace kaomon::card::mynumber
