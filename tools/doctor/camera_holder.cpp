#include "tools/doctor/camera_holder.hpp"

#include <algorithm>
#include <fstream>

namespace kaomon::doctor {
namespace fs = std::filesystem;

std::optional<std::string> holder_of(const fs::path& device, const fs::path& processes) {
    std::error_code error;
    const fs::path wanted = fs::weakly_canonical(device, error);
    for (const auto& process : fs::directory_iterator(processes, error)) {
        const std::string number = process.path().filename();
        if (!std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; }))
            continue;
        std::error_code closed; // not ours to see, or gone meanwhile
        for (const auto& file : fs::directory_iterator(process.path() / "fd", closed)) {
            std::error_code gone;
            if (fs::read_symlink(file.path(), gone) != wanted)
                continue;
            std::string name;
            std::getline(std::ifstream(process.path() / "comm"), name);
            return name + " (process " + number + ")";
        }
    }
    return std::nullopt;
}

} // namespace kaomon::doctor
