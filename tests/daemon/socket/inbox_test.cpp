#include "daemon/socket/inbox.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace kaomon::socket {
namespace {

void put(Inbox& inbox, std::string_view bytes) {
    ASSERT_LE(bytes.size(), inbox.space().size());
    std::ranges::copy(bytes, inbox.space().begin());
    inbox.filled(bytes.size());
}

TEST(Inbox, CutsAtEachNul) {
    Inbox inbox;
    EXPECT_FALSE(inbox.partial());
    put(inbox, std::string_view("one\0two\0thr", 11));
    EXPECT_TRUE(inbox.partial());
    EXPECT_EQ(inbox.front(), "one");
    inbox.pop();
    EXPECT_EQ(inbox.front(), "two");
    inbox.pop();
    EXPECT_FALSE(inbox.front());
    inbox.pop(); // nothing to take
    put(inbox, std::string_view("ee\0", 3));
    EXPECT_EQ(inbox.front(), "three");
    EXPECT_FALSE(inbox.partial());
}

TEST(Inbox, TakesAMessageOf64KiBAndNoMore) {
    Inbox inbox;
    put(inbox, std::string(max_message, 'x'));
    EXPECT_FALSE(inbox.full());
    put(inbox, std::string_view("\0", 1));
    EXPECT_TRUE(inbox.full());
    EXPECT_EQ(inbox.front()->size(), max_message);
    inbox.pop();
    EXPECT_FALSE(inbox.full());
}

TEST(Inbox, WipesWhatWasTaken) {
    Inbox inbox;
    put(inbox, std::string_view("12345678901234\0ab", 17));
    const char* start = inbox.front()->data();
    inbox.pop();
    EXPECT_EQ(std::string_view(start, 17), std::string_view("ab\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 17));
}

} // namespace
} // namespace kaomon::socket
