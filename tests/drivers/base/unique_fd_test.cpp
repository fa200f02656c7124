#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

namespace kaomon {
namespace {

int a_descriptor() {
    return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}
bool is_open(int descriptor) {
    return fcntl(descriptor, F_GETFD) >= 0;
}

TEST(UniqueFd, ClosesAtTheEndOfItsScope) {
    int number = -1;
    {
        const UniqueFd fd(a_descriptor());
        ASSERT_TRUE(fd);
        number = fd.get();
    }
    EXPECT_FALSE(is_open(number));
}

TEST(UniqueFd, AMoveHandsOver) {
    UniqueFd first(a_descriptor());
    const int number = first.get();
    UniqueFd second(std::move(first));
    EXPECT_EQ(second.get(), number);
    UniqueFd third(a_descriptor());
    const int replaced = third.get();
    third = std::move(second);
    EXPECT_FALSE(is_open(replaced));
    EXPECT_TRUE(is_open(number));
}

TEST(UniqueFd, AReleaseLeavesItOpen) {
    UniqueFd fd(a_descriptor());
    const int number = fd.release();
    EXPECT_FALSE(fd);
    EXPECT_TRUE(is_open(number));
    ::close(number);
}

} // namespace
} // namespace kaomon
