// A folder of a test's own, removed with it.
#pragma once

#include "tools/clinic/folder/folder.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace kaomon::testing {

class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string pattern = std::filesystem::temp_directory_path() / "kaomon-clinic.XXXXXX";
        if (mkdtemp(pattern.data()) == nullptr)
            throw std::runtime_error("no temporary folder");
        root = pattern;
        folder = clinic::Folder(root / "clinic");
    }
    ~TemporaryFolder() { std::filesystem::remove_all(root); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::string text(std::string_view name) const {
        std::ifstream in(folder.at(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void put(std::string_view name, std::string_view text) const {
        std::filesystem::create_directories(folder.at(name).parent_path());
        std::ofstream(folder.at(name), std::ios::binary) << text;
    }
    bool has(std::string_view name) const { return std::filesystem::exists(folder.at(name)); }

    std::filesystem::path root;
    clinic::Folder folder{""};
};

} // namespace kaomon::testing
