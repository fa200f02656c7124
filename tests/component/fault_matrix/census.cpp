#include "tests/component/fault_matrix/census.hpp"

#include "tests/component/resident_memory.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace kaomon::test {

namespace fs = std::filesystem;

std::vector<pid_t> children_of(pid_t process) {
    std::vector<pid_t> found;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos)
            continue;
        std::ifstream file(entry.path() / "stat");
        const std::string stat{std::istreambuf_iterator<char>(file), {}};
        const auto behind_name = stat.rfind(')'); // ") S PARENT ..."
        if (behind_name != std::string::npos && behind_name + 4 < stat.size() &&
            std::stoi(stat.substr(behind_name + 4)) == process)
            found.push_back(std::stoi(name));
    }
    return found;
}

Census census_of(pid_t process) {
    const fs::path folder = "/proc/" + std::to_string(process);
    Census now;
    std::error_code error;
    if (const fs::directory_iterator open_files(folder / "fd", error); !error)
        now.descriptors = static_cast<int>(std::distance(begin(open_files), end(open_files)));
    now.children = static_cast<int>(children_of(process).size());
    now.resident = resident_kb(process);
    return now;
}

} // namespace kaomon::test
