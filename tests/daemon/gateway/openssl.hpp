// The command openssl: a second opinion on certificates, and a client's own keys.
#pragma once

#include "tests/daemon/socket/program.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace kaomon::gateway::testing {

inline kaomon::testing::Ended openssl(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "openssl");
    return kaomon::testing::run_program(arguments);
}

inline std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// A fresh key in NAME.key of the folder and the request for it, in PEM. `algorithm`: as `openssl req -newkey`
// takes it.
inline std::string make_request(const std::filesystem::path& folder, const std::string& name,
                                std::vector<std::string> algorithm = {"-newkey", "ec", "-pkeyopt",
                                                                      "ec_paramgen_curve:P-256"},
                                const std::string& subject = "/CN=somebody-else") {
    std::vector<std::string> arguments{"req",
                                       "-new",
                                       "-nodes",
                                       "-subj",
                                       subject,
                                       "-keyout",
                                       folder / (name + ".key"),
                                       "-out",
                                       folder / (name + ".csr")};
    arguments.insert(arguments.end(), algorithm.begin(), algorithm.end());
    openssl(arguments);
    return text_of(folder / (name + ".csr"));
}

} // namespace kaomon::gateway::testing
