#include "drivers/card/simulated/store.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <fstream>

namespace kaomon::card::simulated {
namespace {

namespace fs = std::filesystem;

class StoreTest : public ::testing::Test {
  protected:
    StoreTest() { EXPECT_TRUE(save_card(folder_, sample_card().issued.contents)); }

    int tries() {
        const auto contents = load_card(folder_);
        EXPECT_TRUE(contents);
        Application application = *find_application(*contents, photo_application);
        return find_file(application, 0x0012)->tries_left;
    }

    TemporaryFolder temporary_;
    fs::path folder_ = temporary_.path / "card";
};

TEST_F(StoreTest, TheWholeCardComesBack) {
    const Contents& before = sample_card().issued.contents;
    const auto after = load_card(folder_);
    ASSERT_TRUE(after) << after.error().detail;
    EXPECT_EQ(after->medium, before.medium);
    EXPECT_EQ(after->expiry, before.expiry);
    ASSERT_EQ(after->applications.size(), before.applications.size());
    for (std::size_t a = 0; a < before.applications.size(); ++a) {
        const Application &old = before.applications[a], &fresh = after->applications[a];
        EXPECT_EQ(fresh.name, old.name);
        EXPECT_EQ(fresh.aid, old.aid);
        EXPECT_EQ(fresh.own_key, old.own_key);
        ASSERT_EQ(fresh.files.size(), old.files.size());
        for (std::size_t f = 0; f < old.files.size(); ++f) {
            EXPECT_EQ(fresh.files[f].id, old.files[f].id);
            EXPECT_EQ(fresh.files[f].kind, old.files[f].kind);
            EXPECT_EQ(fresh.files[f].content, old.files[f].content);
            EXPECT_EQ(fresh.files[f].opened_by, old.files[f].opened_by);
            EXPECT_EQ(fresh.files[f].most_tries, old.files[f].most_tries);
            EXPECT_EQ(fresh.files[f].tries_left, old.files[f].tries_left);
        }
    }
    Card card(*after);
    EXPECT_EQ(send(card, "00CA00F200").data.size(), 8U);
}

TEST_F(StoreTest, SecretsAreTheOwnersAlone) {
    for (const auto& entry : fs::directory_iterator(folder_ / "files")) {
        struct stat status{};
        ASSERT_EQ(stat(entry.path().c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << entry.path();
    }
    std::ifstream description(folder_ / "card.toml");
    const std::string text((std::istreambuf_iterator<char>(description)), {});
    EXPECT_EQ(text.find(access_number(sample_card().holder)), std::string::npos);
}

TEST_F(StoreTest, TriesOutliveTheProcess) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) { // dies without closing anything
        auto stored = StoredCard::open(folder_);
        if (!stored)
            _exit(2);
        select_application(stored->card(), photo_application);
        const auto answer = verify(stored->card(), 0x0012, "00000000000000");
        stored->card().reset();
        _exit(answer.status.value == 0x63C9 ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    ASSERT_EQ(WEXITSTATUS(status), 0);
    EXPECT_EQ(tries(), 9);

    auto stored = StoredCard::open(folder_);
    ASSERT_TRUE(stored);
    select_application(stored->card(), photo_application);
    EXPECT_EQ(verify(stored->card(), 0x0012, "").status.value, 0x63C9);
    EXPECT_EQ(verify(stored->card(), 0x0012, access_number(sample_card().holder)).status, sw::ok);
    EXPECT_EQ(tries(), 10);
}

TEST_F(StoreTest, ACardIsInOneReaderAtATime) {
    const auto first = StoredCard::open(folder_);
    ASSERT_TRUE(first);
    const auto second = StoredCard::open(folder_);
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().detail.find("in another reader"), std::string::npos);
    EXPECT_TRUE(load_card(folder_)) << "but it can be looked at";
}

TEST_F(StoreTest, ACardIsNeverOverwritten) {
    const auto again = save_card(folder_, sample_card().issued.contents);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().reason, Reason::config_invalid);
}

TEST_F(StoreTest, WhenTheDiskFailsNoTryIsTold) {
    auto stored = StoredCard::open(folder_);
    ASSERT_TRUE(stored);
    select_application(stored->card(), photo_application);
    const fs::path file = folder_ / "tries.toml", aside = folder_ / "aside";
    fs::rename(file, aside);
    fs::create_directory(file); // in the way of the new file, for root too
    EXPECT_EQ(verify(stored->card(), 0x0012, "00000000000000").status.value, 0x6581);
    fs::remove(file);
    fs::rename(aside, file);
    EXPECT_EQ(tries(), 10);
}

TEST_F(StoreTest, DamageIsSaidNotGuessed) {
    const auto broken = [&](const char* file, const std::string& text) {
        TemporaryFolder copy;
        fs::copy(folder_, copy.path / "card", fs::copy_options::recursive);
        std::ofstream(copy.path / "card" / file, std::ios::trunc) << text;
        const auto contents = load_card(copy.path / "card");
        return contents ? std::string("accepted") : contents.error().detail.substr(copy.path.string().size());
    };
    EXPECT_EQ(broken("tries.toml", ""), "/card/tries.toml: tries missing or out of range");
    EXPECT_EQ(broken("tries.toml", "photo-0011 = 11"), "/card/tries.toml: tries missing or out of range");
    EXPECT_NE(broken("tries.toml", "photo-0011 = ").find("/card/tries.toml:1: "), std::string::npos);
    EXPECT_EQ(broken("card.toml", ""), "/card/card.toml: no applications, or too many");
    EXPECT_EQ(broken("card.toml", "[[application]]\nname = \"../x\"\naid = \"00\""),
              "/card/card.toml: an application's name is of a-z and 0-9");
    EXPECT_EQ(broken("card.toml", "[[application]]\nname = \"x\"\naid = \"0\""),
              "/card/card.toml: an application's aid is hexadecimal");
    EXPECT_EQ(
        broken("card.toml", "[[application]]\nname = \"x\"\naid = \"00\"\n[[application.file]]\nid = \"1\""),
        "/card/card.toml: a file's id is four hexadecimal digits");
    EXPECT_EQ(broken("files/photo-0002", std::string(40000, 'x')),
              "/card/files/photo-0002: larger than a card's file");
    fs::remove(folder_ / "files" / "photo-0002");
    EXPECT_FALSE(load_card(folder_));
    EXPECT_FALSE(StoredCard::open(folder_ / "nothing"));
}

} // namespace
} // namespace kaomon::card::simulated
