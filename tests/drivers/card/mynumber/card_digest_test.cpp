#include "drivers/card/mynumber/card_digest.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

namespace kaomon::card::mynumber {
namespace {

const Bytes card{1, 2, 3};

TEST(CardDigest, IsTheSameUnderOneKeyAlone) {
    const CardDigestKey key, other;
    EXPECT_EQ(key.of(CardTrait::chip_key, card), key.of(CardTrait::chip_key, card));
    EXPECT_NE(key.of(CardTrait::chip_key, card), other.of(CardTrait::chip_key, card));
    EXPECT_NE(key.of(CardTrait::chip_key, card), key.of(CardTrait::card_information, card));
    EXPECT_NE(key.of(CardTrait::chip_key, card), key.of(CardTrait::chip_key, Bytes{1, 2}));
}

class CardDigestFile : public testing::Test {
  protected:
    static std::filesystem::path fresh_folder() {
        char name[] = "/tmp/kaomon-digest-XXXXXX";
        return mkdtemp(name);
    }
    ~CardDigestFile() override { std::filesystem::remove_all(folder_); }
    CardDigest digest() const { return CardDigestKey::load_or_create(file_)->of(CardTrait::chip_key, card); }
    void write(std::string_view text) const {
        std::ofstream(file_) << text;
        chmod(file_.c_str(), 0600);
    }
    std::filesystem::path folder_ = fresh_folder(), file_ = folder_ / "suspicion-key";
};

TEST_F(CardDigestFile, IsMadeOnceForItsOwnerAlone) {
    const auto first = digest();
    EXPECT_EQ(digest(), first);
    struct stat found{};
    ASSERT_EQ(stat(file_.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0600U);
}

// HMAC-SHA-256, checked with Python's hmac module: key 00..00, message 02 01 02 03.
TEST_F(CardDigestFile, IsAnHmac) {
    write(std::string(64, '0') + "\n");
    EXPECT_EQ(to_hex(digest()), "e8f50932479be6922e9b3ee1acf4397b328ea4984689937e2d26d47694b638a0");
}

TEST_F(CardDigestFile, OneThatCannotBeUsedIsReplaced) {
    const auto first = digest();
    for (const std::string& bad :
         {std::string(), std::string(64, 'g') + "\n", std::string(64, '0'), std::string(66, '0') + "\n"}) {
        write(bad);
        const auto fresh = digest();
        EXPECT_NE(fresh, first);
        EXPECT_EQ(digest(), fresh);
    }
    const auto before = digest();
    chmod(file_.c_str(), 0640);
    EXPECT_NE(digest(), before) << "others may have read it";
}

TEST_F(CardDigestFile, WithoutAFolderThereIsNone) {
    std::filesystem::remove_all(folder_);
    const auto key = CardDigestKey::load_or_create(file_);
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().reason, Reason::suspicion_unwritable);
}

} // namespace
} // namespace kaomon::card::mynumber
