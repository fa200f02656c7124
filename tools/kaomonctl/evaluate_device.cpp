#include "tools/kaomonctl/evaluate_device.hpp"

#include "daemon/audit/chain.hpp"
#include "tools/kaomonctl/word_option.hpp"

#include <fstream>
#include <iterator>

namespace kaomon::kaomonctl {
namespace {

namespace fs = std::filesystem;

// Where a part of the package lies: as installed, else above this program (a tree that it was built in).
fs::path place_of(const fs::path& installed, const fs::path& in_tree) {
    std::error_code error;
    if (fs::exists(installed, error))
        return installed;
    for (fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
         folder.has_relative_path(); folder = folder.parent_path()) {
        if (fs::exists(folder / in_tree, error))
            return folder / in_tree;
    }
    return installed;
}

} // namespace

void add_device_options(CLI::App& command, DeviceOptions& options) {
    command
        .add_option("--models", options.models,
                    "folder of the face models (default: the installed ones, else those of the source tree)")
        ->envname("KAOMON_MODELS");
    add_word(command, "--arithmetic", options.arithmetic,
             "what the networks compute with; int16 is what the daemon does")
        ->default_str(std::string(word(options.arithmetic)));
    command.add_option("--worker", options.worker, "the program kaomon-photo (default: as --models)");
}

fs::path models_folder(const DeviceOptions& options) {
    return options.models.empty()
               ? place_of("/usr/share/kaomon/models/manifest.toml", "models/manifest.toml").parent_path()
               : fs::path(options.models);
}

fs::path photo_worker(const DeviceOptions& options) {
    return options.worker.empty() ? place_of("/usr/libexec/kaomon/kaomon-photo", "kaomon-photo")
                                  : fs::path(options.worker);
}

std::string device_digest(const DeviceOptions& options) {
    std::string parts(word(options.arithmetic));
    for (const fs::path& file :
         {fs::path("/proc/self/exe"), photo_worker(options), models_folder(options) / "manifest.toml"}) {
        std::ifstream in(file, std::ios::binary);
        parts += audit::sha256_hex(std::string(std::istreambuf_iterator<char>(in), {}));
    }
    return audit::sha256_hex(parts);
}

} // namespace kaomon::kaomonctl
