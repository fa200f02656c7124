// The device whose error rates are measured: its models, the program that decodes card photographs, its
// arithmetic. What all commands below `kaomonctl evaluate` share.
#pragma once

#include "daemon/config/config.hpp"

#include <CLI/CLI.hpp>

#include <string>

namespace kaomon::kaomonctl {

struct DeviceOptions {
    std::string models, worker; // empty: as installed, else of the tree that kaomonctl was built in
    face::Backend arithmetic = config::Config{}.face.arithmetic;
};

// The option --models.
void add_models(CLI::App& command, DeviceOptions& options);
// It and --worker, --arithmetic.
void add_device_options(CLI::App& command, DeviceOptions& options);

// The daemon's configuration of that device; a photograph has two seconds, because every core is busy.
config::Config configuration(const DeviceOptions& options);
// SHA-256 over this program, the photograph's worker, the manifest of the models and the arithmetic:
// templates of equal images are equal where it is.
std::string device_digest(const config::Config& device);

} // namespace kaomon::kaomonctl
