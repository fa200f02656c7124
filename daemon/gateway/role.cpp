#include "daemon/gateway/role.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace kaomon::gateway {
namespace {

// An interface with its last dot allows each of its methods.
constexpr std::array patient{std::string_view("org.kaomon.Screen."), std::string_view("org.varlink.service."),
                             std::string_view("org.kaomon.Device.GetInfo"),
                             std::string_view("org.kaomon.Device.Watch")};
constexpr std::array staff{
    std::string_view("org.kaomon.Staff."),         std::string_view("org.kaomon.Verification."),
    std::string_view("org.varlink.service."),      std::string_view("org.kaomon.Device.GetInfo"),
    std::string_view("org.kaomon.Device.GetKeys"), std::string_view("org.kaomon.Device.Watch")};
constexpr std::array reception{
    std::string_view("org.kaomon.Verification."), std::string_view("org.varlink.service."),
    std::string_view("org.kaomon.Device.GetInfo"), std::string_view("org.kaomon.Device.GetKeys"),
    std::string_view("org.kaomon.Device.Watch")};

std::span<const std::string_view> table_of(Role role) noexcept {
    switch (role) {
    case Role::patient:
        return patient;
    case Role::staff:
        return staff;
    case Role::system:
        return reception;
    }
    return {};
}

bool is_name(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
}

} // namespace

bool may_call(Role role, bool loopback, std::string_view method) noexcept {
    if (method == "org.kaomon.Device.SpeakFor" || (method == "org.kaomon.Screen.Preview" && !loopback))
        return false;
    return std::ranges::any_of(table_of(role), [&](std::string_view allowed) {
        return allowed.back() == '.' ? method.starts_with(allowed) && is_name(method.substr(allowed.size()))
                                     : method == allowed;
    });
}

} // namespace kaomon::gateway
