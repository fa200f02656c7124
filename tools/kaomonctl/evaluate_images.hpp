// What the commands below `kaomonctl evaluate` share that work on a list of images.
#pragma once

#include "tools/evaluate/acquisition.hpp"
#include "tools/kaomonctl/commands.hpp"
#include "tools/kaomonctl/evaluate_device.hpp"

namespace kaomon::kaomonctl {

struct ImageOptions {
    std::string list, resume;
    DeviceOptions device;
    unsigned threads = 0; // 0: one for each core
};

// The positional LIST, the options --threads and --resume, and those of the device.
void add_image_options(CLI::App& command, ImageOptions& options);

struct Images {
    evaluate::List list;
    std::vector<evaluate::Sample> samples;
    std::string embedder; // SHA-256
    unsigned threads = 1;
    std::size_t unreadable = 0; // images
    bool complete() const { return unreadable == 0 && list.problems.empty(); }
};

// Reads the list and acquires every image of it, with a progress bar on a terminal. Lines that say nothing
// and images that cannot be read are told on standard error by their line numbers.
Outcome<Images> acquire_images(const ImageOptions& options, bool card, Language language);

} // namespace kaomon::kaomonctl
