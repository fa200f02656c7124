#include "drivers/base/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <memory>

namespace kaomon {
namespace {

spdlog::logger& logger() {
    static const auto instance = [] {
        auto made = spdlog::stderr_color_mt("kaomon");
        // journald stamps the time itself and takes the priority from "<N>"
        made->set_pattern(std::getenv("JOURNAL_STREAM") != nullptr ? "%v" : "%T.%e %^%-7l%$ %v");
        made->set_level(spdlog::level::info);
        return made;
    }();
    return *instance;
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
    switch (level) {
    case LogLevel::debug:
        return spdlog::level::debug;
    case LogLevel::info:
        return spdlog::level::info;
    case LogLevel::warning:
        return spdlog::level::warn;
    case LogLevel::error:
        return spdlog::level::err;
    }
    return spdlog::level::err;
}

std::string_view journal_priority(LogLevel level) {
    if (std::getenv("JOURNAL_STREAM") == nullptr)
        return "";
    switch (level) {
    case LogLevel::debug:
        return "<7>";
    case LogLevel::info:
        return "<6>";
    case LogLevel::warning:
        return "<4>";
    case LogLevel::error:
        return "<3>";
    }
    return "";
}

} // namespace

void log(LogLevel level, std::string_view line) {
    logger().log(spdlog_level(level), "{}{}", journal_priority(level), line);
}

void set_log_level(LogLevel lowest) {
    logger().set_level(spdlog_level(lowest));
}

} // namespace kaomon
