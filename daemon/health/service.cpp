#include "daemon/health/service.hpp"

#include "drivers/base/log.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>

#include <algorithm>
#include <chrono>
#include <string>

namespace kaomon::health {
namespace {

constexpr std::chrono::microseconds without_watchdog{5'000'000}; // between two looks at the threads
constexpr std::chrono::microseconds while_stuck{250'000}; // so that the next patient finds what has come back

} // namespace

std::vector<Reason> stuck_of(const std::vector<Heart>& hearts, Instant now) {
    std::vector<Reason> stuck;
    for (const Heart& heart : hearts) {
        if (heart.pulse->silent(now) > heart.longest)
            stuck.push_back(heart.stuck);
    }
    return stuck;
}

struct Service::Watchdog {
    explicit Watchdog(boost::asio::io_context& loop) : timer(loop) {}

    void look() {
        auto stuck = stuck_of(hearts, SteadyClock::now());
        if (stuck.empty())
            sd_notify(0, "WATCHDOG=1");
        if (stuck != told) {
            told = stuck;
            for (const Reason why : told)
                log(LogLevel::error, std::string("stuck: ") + std::string(word(why)));
            sd_notify(
                0,
                ("STATUS=" + (told.empty() ? status : "stuck: " + std::string(word(told.front())))).c_str());
            tell(std::move(stuck));
        }
        timer.expires_after(told.empty() ? interval : std::min(interval, while_stuck));
        timer.async_wait([this](const boost::system::error_code& error) {
            if (!error)
                look();
        });
    }

    boost::asio::steady_timer timer;
    std::chrono::microseconds interval = without_watchdog;
    std::string status;
    std::vector<Heart> hearts;
    std::function<void(std::vector<Reason>)> tell;
    std::vector<Reason> told;
};

Service::Service(boost::asio::io_context& loop) : watchdog_(std::make_unique<Watchdog>(loop)) {}
Service::~Service() = default;

void Service::ready(std::string_view status, std::vector<Heart> hearts,
                    std::function<void(std::vector<Reason>)> tell) {
    sd_notify(0, ("READY=1\nSTATUS=" + std::string(status)).c_str());
    watchdog_->status = status;
    watchdog_->hearts = std::move(hearts);
    watchdog_->tell = std::move(tell);
    std::uint64_t microseconds = 0;
    if (sd_watchdog_enabled(0, &microseconds) > 0)
        watchdog_->interval = std::chrono::microseconds(microseconds / 2);
    watchdog_->look();
}

void Service::stopping() {
    sd_notify(0, "STOPPING=1");
}

void protect_process() noexcept {
    prctl(PR_SET_DUMPABLE, 0);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    umask(077);
}

} // namespace kaomon::health
