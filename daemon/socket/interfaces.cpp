#include "daemon/socket/interfaces.hpp"

#include "drivers/base/log.hpp"

#include <algorithm>

namespace kaomon::socket {

std::span<const idl::Interface> interfaces() {
    static const std::vector<idl::Interface> parsed = [] {
        std::vector<idl::Interface> made;
        for (const std::string_view text : interface_texts()) {
            auto interface = idl::parse(text);
            if (interface) {
                made.push_back(std::move(*interface));
            } else {
                log(LogLevel::error, "an interface description is wrong: " + interface.error().detail);
            }
        }
        return made;
    }();
    return parsed;
}

const idl::Interface* find_interface(std::string_view name) {
    const auto all = interfaces();
    const auto found = std::ranges::find(all, name, &idl::Interface::name);
    return found == all.end() ? nullptr : &*found;
}

QualifiedName split_name(std::string_view qualified) noexcept {
    const std::size_t dot = qualified.rfind('.');
    if (dot == std::string_view::npos)
        return {{}, qualified};
    return {qualified.substr(0, dot), qualified.substr(dot + 1)};
}

} // namespace kaomon::socket
