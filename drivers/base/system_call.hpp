// System calls that a signal may interrupt, or that take only a part of what they are given.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <cstddef>

namespace kaomon {

// `call()` again until no signal interrupts it. Not for close and rename: these have happened. Reentrant.
template<class Call>
auto retried(const Call& call) {
    auto returned = call();
    while (returned == -1 && errno == EINTR)
        returned = call();
    return returned;
}

// Every byte to a descriptor that blocks. False with errno; some of it may be out then. Reentrant.
inline bool write_all(int descriptor, const void* from, std::size_t bytes) noexcept {
    const auto* at = static_cast<const char*>(from);
    while (bytes > 0) {
        const ssize_t put = retried([&] { return ::write(descriptor, at, bytes); });
        if (put == 0)
            errno = EIO; // no file or pipe does that; asked again it might for ever
        if (put <= 0)
            return false;
        at += put;
        bytes -= static_cast<std::size_t>(put);
    }
    return true;
}

} // namespace kaomon
