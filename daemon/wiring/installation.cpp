#include "daemon/wiring/installation.hpp"

namespace kaomon::wiring {
namespace {

namespace fs = std::filesystem;

// `part`: of what lies at `named`, as the tree has it. Empty: nowhere.
fs::path above_this_program(const fs::path& part) {
    std::error_code error;
    for (fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
         folder.has_relative_path(); folder = folder.parent_path()) {
        if (fs::exists(folder / part, error))
            return folder / part;
    }
    return {};
}

} // namespace

config::Config found(config::Config config) {
    const config::Config installed;
    std::error_code error;
    if (config.face.models == installed.face.models && !fs::exists(config.face.models, error)) {
        if (const auto manifest = above_this_program("models/manifest.toml"); !manifest.empty())
            config.face.models = manifest.parent_path();
    }
    if (config.photo.worker == installed.photo.worker && !fs::exists(config.photo.worker, error)) {
        if (const auto worker = above_this_program("kaomon-photo"); !worker.empty())
            config.photo.worker = worker;
    }
    return config;
}

} // namespace kaomon::wiring
