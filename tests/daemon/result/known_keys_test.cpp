#include "daemon/result/known_keys.hpp"
#include "tests/daemon/result/samples.hpp"

#include <gmock/gmock.h>

namespace kaomon::result {
namespace {

using testing::Folder;
using ::testing::HasSubstr;
using ::testing::Not;

PublicKey another() {
    return *public_key_of(make_seed());
}

TEST(KnownKeys, ComeBackAsTheyWere) {
    const Folder folder;
    KnownKeys known;
    EXPECT_TRUE(known.now_signs(another()));
    EXPECT_TRUE(known.announce(another()));
    ASSERT_TRUE(known.save(folder / "public"));
    const auto read = KnownKeys::load(folder / "public");
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(*read, known);
    EXPECT_TRUE(KnownKeys::load(folder / "none")->empty());
}

TEST(KnownKeys, ARotationLeavesTheOldOnePublishedUntilItIsRetired) {
    const PublicKey first = another(), second = another();
    KnownKeys known;
    known.now_signs(first);
    EXPECT_FALSE(known.now_signs(first)) << "nothing changed";
    known.announce(second);
    EXPECT_THAT(known.jwk_set(), HasSubstr(thumbprint(second))) << "given out before it signs";
    EXPECT_EQ(known.keys().front().key, first);
    known.now_signs(second);
    EXPECT_EQ(known.keys().front(), (KnownKey{second, KeyState::signs}));
    EXPECT_EQ(known.find(first)->state, KeyState::published);
    EXPECT_EQ(known.keys().size(), 2U);
    EXPECT_EQ(known.retire(thumbprint(second)).error().reason, Reason::parameter_invalid);
    EXPECT_EQ(known.retire("nobody").error().reason, Reason::parameter_invalid);
    ASSERT_TRUE(known.retire(thumbprint(first)));
    EXPECT_THAT(known.jwk_set(), Not(HasSubstr(thumbprint(first))));
    EXPECT_THAT(known.jwk_set_with_retired(), HasSubstr(thumbprint(first)));
    EXPECT_THAT(known.jwk_set(), Not(HasSubstr("state"))) << "a caller's key has six members";
}

TEST(KnownKeys, OneIsAnnouncedAtATime) {
    KnownKeys known;
    known.now_signs(another());
    const PublicKey second = another(), third = another();
    known.announce(second);
    known.announce(third);
    EXPECT_EQ(known.find(second), nullptr);
    EXPECT_EQ(known.find(third)->state, KeyState::announced);
    EXPECT_TRUE(known.withdraw_announced());
    EXPECT_FALSE(known.withdraw_announced());
}

TEST(KnownKeys, AreRefusedWhenDamaged) {
    KnownKeys known;
    known.now_signs(another());
    known.announce(another());
    const std::string good = known.to_json();
    EXPECT_TRUE(KnownKeys::from_json(good));
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string changed = good;
        return changed.replace(changed.find(from), from.size(), to);
    };
    for (const std::string& wrong :
         {std::string(), std::string("{}"), std::string("[]"), with("signs", "sings"),
          with("announced", "signs"), with("\"x\":\"", "\"x\":\"AAAA"), with("\"kid\":\"", "\"kid\":\"A"),
          with("\"keys\"", "\"key\""), good.substr(0, good.size() - 1)}) {
        const auto read = KnownKeys::from_json(wrong);
        ASSERT_FALSE(read) << wrong;
        EXPECT_EQ(read.error().reason, Reason::key_unreadable);
    }
}

} // namespace
} // namespace kaomon::result
