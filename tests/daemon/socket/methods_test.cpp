#include "daemon/socket/interfaces.hpp"
#include "daemon/socket/methods.hpp"

#include <gmock/gmock.h>

namespace kaomon::socket {
namespace {

TEST(Methods, TheTableHoldsWhatTheInterfacesDescribe) {
    std::vector<std::string> described, offered;
    for (const idl::Interface& interface : interfaces()) {
        for (const idl::Method& method : interface.methods)
            described.push_back(interface.name + "." + method.name);
    }
    for (const Method& method : methods())
        offered.emplace_back(method.name);
    EXPECT_THAT(offered, ::testing::UnorderedElementsAreArray(described));
}

TEST(Methods, VerificationAndStaffAskForTheirRights) {
    for (const Method& method : methods()) {
        EXPECT_EQ(method.right == Right::verifier, method.name.starts_with("org.kaomon.Verification."))
            << method.name;
        EXPECT_EQ(method.right == Right::staff, method.name.starts_with("org.kaomon.Staff.")) << method.name;
    }
}

} // namespace
} // namespace kaomon::socket
