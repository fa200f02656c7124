#include "tools/evaluate/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace kaomon::evaluate {

std::string progress_line(const std::string& what, std::size_t done, std::size_t all, Milliseconds passed) {
    constexpr std::size_t width = 30; // characters of the bar
    const std::size_t filled = all == 0 ? width : std::min(width, width * done / all);
    std::string line = fmt::format("{}  [{}{}] {}/{}", what, std::string(filled, '#'),
                                   std::string(width - filled, '.'), done, all);
    if (done > 0 && done < all && passed > Milliseconds{1000}) {
        const double left = static_cast<double>(passed.count()) / 1000 * static_cast<double>(all - done) /
                            static_cast<double>(done);
        line += fmt::format(", {:.0f} s left", left);
    }
    return line;
}

Progress::Progress(std::string what, std::size_t all)
    : what_(std::move(what)), all_(all), shown_(isatty(STDERR_FILENO) == 1), begun_(SteadyClock::now()),
      last_(begun_) {}

Progress::~Progress() {
    if (shown_)
        std::fputs("\r\x1b[K", stderr);
}

void Progress::at(std::size_t done) {
    const Instant now = SteadyClock::now();
    if (!shown_ || (done < all_ && now - last_ < Milliseconds{100}))
        return;
    last_ = now;
    std::fputs(("\r\x1b[K" +
                progress_line(what_, done, all_, std::chrono::duration_cast<Milliseconds>(now - begun_)))
                   .c_str(),
               stderr);
}

} // namespace kaomon::evaluate
