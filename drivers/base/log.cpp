#include "drivers/base/log.hpp"

#include "drivers/base/line_writer.hpp"
#include "drivers/base/log_rate.hpp"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>

namespace kaomon {
namespace {

// Standard error where it is no terminal: a pipe, a file, the journal's socket.
class Sink final : public spdlog::sinks::base_sink<std::mutex> {
    void sink_it_(const spdlog::details::log_msg& message) override {
        if (lost_ != 0 && writer_.write(std::to_string(lost_) + " lines were lost: nobody read the log"))
            lost_ = 0;
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        writer_.write({line.data(), line.size()});
        lost_ += writer_.lost();
    }
    void flush_() override {}

    LineWriter writer_{STDERR_FILENO};
    std::size_t lost_ = 0;
};

spdlog::logger& logger() {
    static const auto instance = [] {
        auto made = isatty(STDERR_FILENO) == 1
                        ? spdlog::stderr_color_mt("kaomon")
                        : std::make_shared<spdlog::logger>("kaomon", std::make_shared<Sink>());
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
    if (level != LogLevel::debug) {
        static std::mutex mutex;
        static LogRate rate;
        const std::string_view topic = topic_of(line);
        const std::lock_guard lock(mutex);
        const auto pass = rate.admit(topic, SteadyClock::now());
        if (!pass.write)
            return;
        if (pass.left_out != 0)
            logger().warn("{}{}: {} lines were not written, there were too many",
                          journal_priority(LogLevel::warning), topic, pass.left_out);
    }
    logger().log(spdlog_level(level), "{}{}", journal_priority(level), line);
}

void set_log_level(LogLevel lowest) {
    logger().set_level(spdlog_level(lowest));
}

} // namespace kaomon
