#include "drivers/base/line_writer.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>

namespace kaomon {

LineWriter::LineWriter(int descriptor) : descriptor_(descriptor) {
    struct stat found{};
    if (fstat(descriptor, &found) != 0)
        return;
    socket_ = S_ISSOCK(found.st_mode);
    pipe_ = S_ISFIFO(found.st_mode);
}

bool LineWriter::write(std::string_view line) {
    std::string whole(broken_off_ ? "\n" : "");
    whole.append(line.substr(0, longest_line - 2));
    if (!whole.ends_with('\n'))
        whole += '\n';
    ssize_t written = -1;
    if (socket_) {
        written = send(descriptor_, whole.data(), whole.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    } else {
        pollfd ready{descriptor_, POLLOUT, 0};
        // A pipe that is ready has room for PIPE_BUF bytes; files always are.
        if (!pipe_ || (poll(&ready, 1, 0) == 1 && (ready.revents & POLLOUT) != 0))
            written = ::write(descriptor_, whole.data(), whole.size());
    }
    if (written <= 0) {
        ++lost_;
        return false;
    }
    broken_off_ = static_cast<std::size_t>(written) < whole.size();
    return true;
}

std::size_t LineWriter::lost() noexcept {
    return std::exchange(lost_, 0);
}

} // namespace kaomon
