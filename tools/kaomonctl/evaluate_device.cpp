#include "tools/kaomonctl/evaluate_device.hpp"

#include "daemon/audit/chain.hpp"
#include "daemon/wiring/installation.hpp"
#include "tools/command/word_option.hpp"

#include <fstream>
#include <iterator>
#include <sstream>

namespace kaomon::kaomonctl {

namespace fs = std::filesystem;

void add_models(CLI::App& command, DeviceOptions& options) {
    command
        .add_option("--models", options.models,
                    "folder of the face models (default: the installed ones, else those of the source tree)")
        ->envname("KAOMON_MODELS");
}

void add_device_options(CLI::App& command, DeviceOptions& options) {
    add_models(command, options);
    command::add_word(command, "--arithmetic", options.arithmetic,
                      "what the networks compute with; int16 is what the daemon does")
        ->default_str(std::string(word(options.arithmetic)));
    command.add_option("--worker", options.worker, "the program kaomon-photo (default: as --models)");
}

config::Config configuration(const DeviceOptions& options) {
    config::Config device;
    device.face.arithmetic = options.arithmetic;
    device.photo.budget = Milliseconds{2000};
    if (!options.models.empty())
        device.face.models = options.models;
    if (!options.worker.empty())
        device.photo.worker = options.worker;
    return wiring::found(std::move(device));
}

std::string device_digest(const config::Config& device) {
    std::string parts(word(device.face.arithmetic));
    for (const fs::path& file :
         {fs::path("/proc/self/exe"), device.photo.worker, device.face.models / "manifest.toml"}) {
        std::ostringstream bytes;
        bytes << std::ifstream(file, std::ios::binary).rdbuf();
        parts += audit::sha256_hex(std::move(bytes).str());
    }
    return audit::sha256_hex(parts);
}

} // namespace kaomon::kaomonctl
