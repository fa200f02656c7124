#include "drivers/card/mynumber/subject_secret.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <bit>
#include <cmath>
#include <fstream>
#include <set>

namespace kaomon::card::mynumber {
namespace {

using namespace std::chrono_literals;

constexpr Date now{2026y, std::chrono::November, 30d}, later{2027y, std::chrono::January, 1d},
    much_later{2028y, std::chrono::January, 1d};

class SubjectSecretTest : public testing::Test {
  protected:
    SubjectSecretTest() {
        char name[] = "/tmp/kaomon-subject-XXXXXX";
        folder_ = mkdtemp(name);
        file_ = folder_ / "subject-secret";
    }
    ~SubjectSecretTest() override { std::filesystem::remove_all(folder_); }
    SubjectSecret load(Date today = now) const { return SubjectSecret::load_or_create(file_, today).value(); }
    Reason refusal() const {
        const auto loaded = SubjectSecret::load_or_create(file_, now);
        return loaded ? Reason::match : loaded.error().reason;
    }

    std::filesystem::path folder_, file_;
};

const Bytes a_key{0x90, 3, 1, 0, 1, 0x91, 4}, another_key{0x90, 3, 1, 0, 1, 0x91, 5};

ReferenceValue value(const SubjectSecret& secret, const Bytes& key = a_key,
                     SubjectKind kind = SubjectKind::chip_key) {
    return secret.of(kind, key).value;
}

TEST_F(SubjectSecretTest, IsMadeOnceAndKept) {
    const auto first = value(load());
    EXPECT_EQ(value(load()), first);
    struct stat found{};
    ASSERT_EQ(stat(file_.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777U, 0600U);
}

TEST_F(SubjectSecretTest, TellsCardsAndKindsApart) {
    const SubjectSecret secret;
    EXPECT_NE(value(secret), value(secret, another_key));
    EXPECT_NE(value(secret), value(secret, a_key, SubjectKind::sign_in_key));
    EXPECT_NE(value(secret), value(SubjectSecret())) << "another clinic's";
}

TEST_F(SubjectSecretTest, AnotherDeskImportsIt) {
    const SubjectSecret secret;
    const auto imported = SubjectSecret::read(secret.exported().view());
    ASSERT_TRUE(imported);
    EXPECT_EQ(value(*imported), value(secret));
}

TEST_F(SubjectSecretTest, AMistypedOneIsNotAnotherOne) {
    const SubjectSecret secret;
    const std::string right(secret.exported().view());
    for (std::size_t at = 0; at < right.size(); ++at) {
        std::string wrong = right;
        wrong[at] = wrong[at] == '0' ? '1' : '0';
        if (wrong == right)
            continue;
        EXPECT_FALSE(SubjectSecret::read(wrong)) << at;
    }
    EXPECT_FALSE(SubjectSecret::read(right.substr(1)));
    EXPECT_FALSE(SubjectSecret::read(right + "0"));
    EXPECT_FALSE(SubjectSecret::read(""));
}

TEST_F(SubjectSecretTest, ADamagedOrOpenFileIsNeverReplaced) {
    (void)load();
    ASSERT_EQ(chmod(file_.c_str(), 0640), 0);
    EXPECT_EQ(refusal(), Reason::subject_secret_unreadable);
    ASSERT_EQ(chmod(file_.c_str(), 0600), 0);
    std::ofstream(file_) << "damaged\n";
    EXPECT_EQ(refusal(), Reason::subject_secret_unreadable);
    std::ifstream stream(file_);
    std::string text;
    std::getline(stream, text);
    EXPECT_EQ(text, "damaged");
    std::filesystem::remove(file_);
    std::filesystem::create_directory(file_);
    EXPECT_EQ(refusal(), Reason::subject_secret_unreadable);
}

TEST_F(SubjectSecretTest, AfterARotationTheOldReferenceStandsBesideForAWhile) {
    const auto before = value(load());
    ASSERT_TRUE(load().rotated(later).write(file_));
    const auto reference = load().of(SubjectKind::chip_key, a_key);
    EXPECT_NE(reference.value, before);
    ASSERT_TRUE(reference.previous);
    EXPECT_EQ(*reference.previous, before);
    EXPECT_TRUE(load(later).of(SubjectKind::chip_key, a_key).previous) << "the last day is one of them";
    EXPECT_FALSE(load(much_later).of(SubjectKind::chip_key, a_key).previous);
    EXPECT_EQ(value(load(much_later)), reference.value);
}

// 10,000 keys that differ little: no two references alike, and no bit of a key to be seen in them.
TEST_F(SubjectSecretTest, NothingOfTheKeyIsInAReference) {
    const SubjectSecret secret;
    std::set<ReferenceValue> all;
    int odd_agrees = 0, neighbours_differ = 0;
    ReferenceValue before{};
    constexpr int cards = 10'000;
    for (int card = 0; card < cards; ++card) {
        const Bytes key{static_cast<std::uint8_t>(card >> 8), static_cast<std::uint8_t>(card)};
        const auto reference = value(secret, key);
        all.insert(reference);
        odd_agrees += (reference.back() & 1) == (card & 1) ? 1 : 0;
        for (std::size_t i = 0; card > 0 && i < reference.size(); ++i)
            neighbours_differ += std::popcount(static_cast<unsigned>(reference[i] ^ before[i]));
        before = reference;
    }
    EXPECT_EQ(all.size(), cards);
    EXPECT_NEAR(odd_agrees, cards / 2, 5 * std::sqrt(cards) / 2) << "five standard deviations";
    const double bits = (cards - 1) * 128.0;
    EXPECT_NEAR(neighbours_differ, bits / 2, 5 * std::sqrt(bits) / 2);
}

TEST(PublicKeyOfCertificate, IsEmptyForWhatIsNone) {
    EXPECT_TRUE(public_key_of_certificate(a_key).empty());
    EXPECT_TRUE(public_key_of_certificate({}).empty());
}

} // namespace
} // namespace kaomon::card::mynumber
