#include "tools/doctor/camera_holder.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace kaomon::doctor {
namespace {

TEST(CameraHolder, IsTheProgramThatHasItOpen) {
    char name[] = "/tmp/kaomon-held-XXXXXX";
    const int file = mkstemp(name);
    ASSERT_GE(file, 0);
    const auto holder = holder_of(name);
    ASSERT_TRUE(holder);
    EXPECT_EQ(*holder, "doctor_test (process " + std::to_string(getpid()) + ")");
    close(file);
    EXPECT_FALSE(holder_of(name));
    unlink(name);
    EXPECT_FALSE(holder_of("/dev/null-and-no-more", "/no/such/folder"));
}

} // namespace
} // namespace kaomon::doctor
