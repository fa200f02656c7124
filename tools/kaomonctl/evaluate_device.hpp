// The device whose error rates are measured: its models, the program that decodes card photographs, its
// arithmetic. What all commands below `kaomonctl evaluate` share.
#pragma once

#include "daemon/face/backend.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>

namespace kaomon::kaomonctl {

struct DeviceOptions {
    std::string models, worker; // empty: as installed, else of the tree that kaomonctl was built in
    face::Backend arithmetic = face::Backend::own_int16;
};

// The options --models, --worker, --arithmetic.
void add_device_options(CLI::App& command, DeviceOptions& options);

std::filesystem::path models_folder(const DeviceOptions& options);
std::filesystem::path photo_worker(const DeviceOptions& options);
// SHA-256 over this program, the photograph's worker, the manifest of the models and the arithmetic:
// templates of equal images are equal where it is.
std::string device_digest(const DeviceOptions& options);

} // namespace kaomon::kaomonctl
