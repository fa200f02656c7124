// Which line is meant, and how it is asked: shared by `network` and `rehearse`.
#pragma once

#include "tools/clinic/folder/profile.hpp"
#include "tools/clinic/network/check.hpp"

#include <CLI/CLI.hpp>

namespace kaomon::clinic {

struct NetworkOptions {
    std::string line, expect, interface; // empty: of the clinic's profile, built in, of the profile
    int patience_ms = 2000;
};

void add_line_options(CLI::App& command, NetworkOptions& options);

// The line asked for, else the clinic's, else the only one of the file. Words: expectations_invalid,
// unknown_line.
Outcome<network::Expectation> line_of(const NetworkOptions& options, const clinic::Profile& profile);
network::Settings settings_of(const NetworkOptions& options, const clinic::Profile& profile);

} // namespace kaomon::clinic
