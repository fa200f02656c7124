// What the program does, one function a subcommand. Each returns the exit code: 0 done, 1 could not be done
// (said on standard error). Wrong usage ends with 2 before any of them is called.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kaomon::tools::simcard {

// Says what could not be done, and is 1.
int complain(const std::string& what);

struct IssueOptions {
    std::string portrait, holder, out, crop, date;
    std::string kind = "card"; // "list": tells them instead
    std::uint64_t seed = 0;    // 0: from the system
    bool json = false;
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

struct RecordOptions {
    std::string kind, out, date;
    std::uint64_t seed = 1;
};
int record(const RecordOptions& options);

struct ReplayOptions {
    std::string recording;
    bool json = false;
};
int replay(const ReplayOptions& options);

struct FacesFolderOptions {
    std::string into;
    bool json = false;
};
inline constexpr std::string_view faces_folder_mark = "kaomon-test-faces"; // how its name begins
int faces_folder(const FacesFolderOptions& options);

} // namespace kaomon::tools::simcard
