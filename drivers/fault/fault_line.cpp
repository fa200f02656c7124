#include "drivers/fault/fault_line.hpp"

#include "drivers/base/log.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace kaomon::fault {
namespace {

bool says_something(std::string_view line) {
    const auto first = line.find_first_not_of(" \t\r");
    return first != std::string_view::npos && line[first] != '#';
}

} // namespace

Result<FaultLine> FaultLine::open(const std::filesystem::path& path) {
    if (mkfifo(path.c_str(), 0600) != 0 && errno != EEXIST) {
        return fail(Reason::config_invalid,
                    "cannot make the fault FIFO " + path.string() + ": " + std::strerror(errno));
    }
    // Read and write: open() does not wait for a writer, and the end of the last one is not an end of file.
    UniqueFd fifo(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW));
    struct stat status{};
    if (!fifo || fstat(fifo.get(), &status) != 0) {
        return fail(Reason::config_invalid,
                    "cannot open the fault FIFO " + path.string() + ": " + std::strerror(errno));
    }
    if (!S_ISFIFO(status.st_mode))
        return fail(Reason::config_invalid, path.string() + " is not a FIFO");
    return FaultLine(std::move(fifo));
}

std::vector<Fault> FaultLine::take() {
    std::vector<Fault> faults;
    std::array<char, 512> piece;
    ssize_t got = 0;
    while ((got = ::read(fifo_.get(), piece.data(), piece.size())) > 0) {
        for (const char c : std::string_view(piece.data(), static_cast<std::size_t>(got))) {
            if (c != '\n') {
                too_long_ = too_long_ || half_.size() == longest_line;
                if (!too_long_)
                    half_.push_back(c);
                continue;
            }
            const auto fault = too_long_ ? fail(Reason::parameter_invalid, "fault line of more than 64 bytes")
                                         : parse_fault(half_);
            if (fault) {
                faults.push_back(*fault);
            } else if (says_something(half_)) {
                log(LogLevel::warning, "fault line left out: " + fault.error().detail);
            }
            half_.clear();
            too_long_ = false;
        }
    }
    return faults;
}

} // namespace kaomon::fault
