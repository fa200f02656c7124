#include "daemon/gateway/role.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

namespace kaomon::gateway {
namespace {

// Every method of proto/, qualified.
std::vector<std::string> all_methods() {
    std::vector<std::string> found;
    const std::regex method("^method ([A-Za-z0-9]+)\\(.*");
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(KAOMON_SOURCE_DIR) / "proto")) {
        if (entry.path().extension() != ".varlink")
            continue;
        std::ifstream file(entry.path());
        std::smatch match;
        for (std::string line; std::getline(file, line);) {
            if (std::regex_match(line, match, method))
                found.push_back(entry.path().stem().string() + '.' + match[1].str());
        }
    }
    return found;
}

std::size_t allowed(Role role, bool loopback, const std::string& interface) {
    std::size_t count = 0;
    for (const auto& method : all_methods())
        count += method.starts_with(interface) && may_call(role, loopback, method) ? 1 : 0;
    return count;
}

TEST(Role, MayCallWhatItsTableSays) {
    ASSERT_GT(all_methods().size(), 20U);
    EXPECT_EQ(allowed(Role::patient, true, "org.kaomon.Device."), 2U);
    EXPECT_EQ(allowed(Role::patient, true, "org.kaomon.Verification."), 0U);
    EXPECT_EQ(allowed(Role::patient, true, "org.kaomon.Staff."), 0U);
    EXPECT_EQ(allowed(Role::staff, true, "org.kaomon.Device."), 3U);
    EXPECT_EQ(allowed(Role::staff, false, "org.kaomon.Screen."), 0U);
    EXPECT_EQ(allowed(Role::system, false, "org.kaomon.Screen."), 0U);
    EXPECT_EQ(allowed(Role::system, false, "org.kaomon.Staff."), 0U);
    EXPECT_EQ(allowed(Role::system, false, "org.kaomon.Device."), 3U);
    EXPECT_TRUE(may_call(Role::system, false, "org.kaomon.Verification.Verify"));
    EXPECT_TRUE(may_call(Role::staff, false, "org.kaomon.Staff.Provide"));
    EXPECT_TRUE(may_call(Role::patient, true, "org.kaomon.Screen.Enter"));
}

TEST(Role, NobodySpeaksForOthersAndThePictureStaysHere) {
    for (const Role role : values<Role>()) {
        for (const bool loopback : {false, true})
            EXPECT_FALSE(may_call(role, loopback, "org.kaomon.Device.SpeakFor"));
    }
    EXPECT_TRUE(may_call(Role::patient, true, "org.kaomon.Screen.Preview"));
    EXPECT_FALSE(may_call(Role::patient, false, "org.kaomon.Screen.Preview"));
}

TEST(Role, ANameIsWhole) {
    for (const char* method :
         {"", "org.kaomon.Screen.", "org.kaomon.Screen.Enter.", "org.kaomon.Screen.Enter ",
          "org.kaomon.ScreenX.Enter", "org.kaomon.Screen.x/y", "Org.kaomon.Screen.Enter",
          "org.kaomon.Device.GetInfoX", "org.kaomon.Device.GetInf", "org.kaomon.Screen.\u00e9"})
        EXPECT_FALSE(may_call(Role::patient, true, method)) << method;
}

} // namespace
} // namespace kaomon::gateway
