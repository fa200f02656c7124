#include "daemon/gateway/token.hpp"
#include "tests/daemon/gateway/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace kaomon::gateway {
namespace {

TEST(Token, IsOf32RandomBytes) {
    const auto one = make_token(), other = make_token();
    ASSERT_TRUE(one && other);
    EXPECT_EQ(one->size(), 43U);
    EXPECT_NE(*one, *other);
    EXPECT_TRUE(same_secret(*one, *one));
    EXPECT_FALSE(same_secret(*one, *other));
    EXPECT_FALSE(same_secret(*one, one->substr(1)));
    EXPECT_FALSE(same_secret("", *one));
}

TEST(Token, LiesInAFileOfItsGroup) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path / "patient.token";
    ASSERT_TRUE(write_token(file, "abc", ""));
    struct stat found{};
    ASSERT_EQ(stat(file.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777U, 0640U);
    EXPECT_EQ(found.st_gid, getegid());
    std::ifstream text(file);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(text), {}), "abc\n");
    EXPECT_EQ(write_token(file, "abc", "no-such-group").error().reason, Reason::config_invalid);
    EXPECT_FALSE(write_token(folder.path / "nowhere" / "x", "abc", ""));
}

TEST(Token, ComesAsASubprotocol) {
    const auto offer = read_offer(" varlink ,\ttoken.abc-_1");
    ASSERT_TRUE(offer);
    EXPECT_TRUE(offer->varlink);
    EXPECT_EQ(offer->token, "abc-_1");
    EXPECT_TRUE(read_offer("")->token.empty());
    EXPECT_TRUE(read_offer("token.")->token.empty());
    EXPECT_TRUE(read_offer("varlink,")->varlink) << "RFC 9110 section 5.6.1.2";
    for (const char* wrong : {",", ",varlink", "varlink,,token.a", "var link", "token.a, token.b",
                              "a,b,c,d,e,f,g,h,i", "tok\xc3\xa9n", "varlink;token.a", "\"varlink\""})
        EXPECT_FALSE(read_offer(wrong)) << wrong;
    EXPECT_FALSE(read_offer(std::string(2000, 'a')));
}

} // namespace
} // namespace kaomon::gateway
