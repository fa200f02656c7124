#include "tools/support/machine.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>

namespace kaomon::support {
namespace {

TEST(Machine, IsDescribedWithoutItsName) {
    std::array<char, 256> name{};
    ASSERT_EQ(gethostname(name.data(), name.size() - 1), 0);
    const auto text = system_text();
    EXPECT_NE(text.find("kernel "), std::string::npos) << text;
    EXPECT_NE(text.find("MemTotal"), std::string::npos) << text;
    EXPECT_EQ((text + devices_text()).find(std::string(" ") + name.data()), std::string::npos);
}

} // namespace
} // namespace kaomon::support
