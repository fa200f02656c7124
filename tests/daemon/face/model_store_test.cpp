#include "daemon/face/model_store.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace kaomon::face {
namespace {

class ModelStoreTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = testing::TempDir() + "kaomon-models-XXXXXX";
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        folder = name;
        write("a.net", "abc");
        write("manifest.toml", entry("a.net", abc));
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    void write(const std::string& name, std::string_view text) {
        std::ofstream(folder / name, std::ios::binary) << text;
    }
    static std::string entry(const std::string& file, const std::string& digest) {
        return "[[model]]\nname = \"a\"\nlicence = \"Apache-2.0\"\nfile = \"" + file + "\"\nsha256 = \"" +
               digest + "\"\n";
    }
    Reason reason() {
        const auto store = ModelStore::open(folder);
        return store ? Reason::match : store.error().reason;
    }

    // FIPS 180-2, appendix B.1
    const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    std::filesystem::path folder;
};

TEST_F(ModelStoreTest, OpensWhatTheManifestNames) {
    const auto store = ModelStore::open(folder);
    ASSERT_TRUE(store) << store.error().detail;
    const auto model = store->find("a");
    ASSERT_TRUE(model);
    EXPECT_EQ(std::string((*model)->file.begin(), (*model)->file.end()), "abc");
    ASSERT_EQ(store->infos().size(), 1U);
    EXPECT_EQ(store->infos()[0].sha256, abc);
    EXPECT_EQ(store->infos()[0].licence, "Apache-2.0");
    EXPECT_EQ(store->find("b").error().reason, Reason::model_missing);
}

TEST_F(ModelStoreTest, RefusesAnotherDigest) {
    write("a.net", "abd");
    EXPECT_EQ(reason(), Reason::model_refused);
    write("a.net", "abc ");
    EXPECT_EQ(reason(), Reason::model_refused);
    write("a.net", "");
    EXPECT_EQ(reason(), Reason::model_refused);
}

TEST_F(ModelStoreTest, SaysWhatIsMissing) {
    std::filesystem::remove(folder / "a.net");
    EXPECT_EQ(reason(), Reason::model_missing);
    EXPECT_NE(ModelStore::open(folder).error().detail.find("a.net"), std::string::npos);
    std::filesystem::remove(folder / "manifest.toml");
    EXPECT_EQ(reason(), Reason::model_missing);
    std::filesystem::remove(folder);
    EXPECT_EQ(reason(), Reason::model_missing);
}

TEST_F(ModelStoreTest, AFolderInAFilesPlaceIsMissing) {
    std::filesystem::remove(folder / "a.net");
    std::filesystem::create_directory(folder / "a.net");
    EXPECT_EQ(reason(), Reason::model_missing);
}

TEST_F(ModelStoreTest, RefusesAManifestThatIsNone) {
    for (const std::string text : {"", "[[model", "model = 3", "model = [1, 2]", "[[model]]\nname = \"a\"\n",
                                   "[[photograph]]\nfile = \"x\"\n"}) {
        write("manifest.toml", text);
        EXPECT_EQ(reason(), Reason::model_refused) << text;
    }
    write("manifest.toml", std::string(100'000, '#'));
    EXPECT_EQ(reason(), Reason::model_refused) << "too large";
    write("manifest.toml", entry("a.net", "BA" + abc.substr(2)));
    EXPECT_EQ(reason(), Reason::model_refused) << "digests are lower case";
}

TEST_F(ModelStoreTest, DoesNotLeaveItsFolder) {
    // the file is there and has the digest, yet not where the manifest lies
    const auto outside = folder / "a.net";
    folder /= "models";
    std::filesystem::create_directories(folder / "sub");
    std::filesystem::copy(outside, folder / "sub" / "a.net");
    for (const std::string& file : {std::string("../a.net"), std::string("sub/a.net"), outside.string()}) {
        write("manifest.toml", entry(file, abc));
        EXPECT_EQ(reason(), Reason::model_refused) << file;
    }
    folder = outside.parent_path();
}

TEST_F(ModelStoreTest, WhatHasTheDigestButIsNoNetworkIsRefused) {
    write("manifest.toml",
          "[[model]]\nname = \"detector\"\nlicence = \"x\"\nfile = \"a.net\"\nsha256 = \"" + abc + "\"\n");
    const auto pipeline = Pipeline::load(folder);
    ASSERT_FALSE(pipeline);
    EXPECT_EQ(pipeline.error().reason, Reason::model_refused);
    EXPECT_NE(pipeline.error().detail.find("detector"), std::string::npos);
}

} // namespace
} // namespace kaomon::face
