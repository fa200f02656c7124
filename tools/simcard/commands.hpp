// What the program does, one function a subcommand. Each returns the exit code: 0 done, 1 could not be done
// (said on standard error). Wrong usage ends with 2 before any of them is called.
#pragma once

#include <cstdint>
#include <string>

namespace kaomon::tools::simcard {

struct IssueOptions {
    std::string portrait, holder, out, crop, forge;
    std::uint64_t seed = 0; // 0: from the system
    bool expired = false, without_photo = false, two_bytes_first = false, json = false;
};
int issue(const IssueOptions& options);

struct ServeOptions {
    std::string card, host = "127.0.0.1", fault;
    std::uint16_t port = 35963;
    std::uint32_t delay = 0; // microseconds
    bool absent = false, verbose = false;
};
int serve(const ServeOptions& options);

struct ShowOptions {
    std::string card;
    bool json = false;
};
int show(const ShowOptions& options);

} // namespace kaomon::tools::simcard
