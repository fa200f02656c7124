#include "drivers/card/simulated/contents.hpp"

#include <algorithm>

namespace kaomon::card::simulated {

File* find_file(Application& application, std::uint16_t id) noexcept {
    const auto found = std::ranges::find(application.files, id, &File::id);
    return found == application.files.end() ? nullptr : &*found;
}

const Application* find_application(const Contents& contents, std::string_view name) noexcept {
    const auto found = std::ranges::find(contents.applications, name, &Application::name);
    return found == contents.applications.end() ? nullptr : &*found;
}

} // namespace kaomon::card::simulated
