#include "daemon/audit/lines.hpp"

#include "drivers/base/system_call.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

namespace kaomon::audit {

Result<Lines> read_lines(int descriptor) {
    Lines read;
    std::array<char, 65536> block;
    std::uint64_t at = 0;
    std::optional<Failure> broken; // unless nothing follows
    for (;;) {
        const ssize_t got =
            retried([&] { return pread(descriptor, block.data(), block.size(), static_cast<off_t>(at)); });
        if (got < 0)
            return fail(Reason::audit_unwritable, std::string("cannot be read: ") + std::strerror(errno));
        if (got == 0)
            return read;
        if (broken)
            return std::unexpected(*broken);
        at += static_cast<std::uint64_t>(got);
        std::string_view rest(block.data(), static_cast<std::size_t>(got));
        while (!rest.empty()) {
            const auto end = rest.find('\n');
            read.torn.append(rest.substr(0, end));
            if (read.torn.size() > max_line)
                return fail(Reason::audit_broken,
                            "line " + std::to_string(read.chain.count() + 1) + ": too long");
            if (end == rest.npos)
                break;
            if (auto accepted = read.chain.accept(read.torn); !accepted) {
                // zeros, which no line of ours has: its end came to the disk and what was before it did not
                if (!read.torn.contains('\0') || end + 1 < rest.size())
                    return std::unexpected(accepted.error());
                broken = accepted.error();
                read.torn += '\n';
                break;
            }
            read.whole_bytes += read.torn.size() + 1;
            read.torn.clear();
            rest.remove_prefix(end + 1);
        }
    }
}

} // namespace kaomon::audit
