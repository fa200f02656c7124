#include "daemon/health/service.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>

#include <chrono>
#include <string>

namespace kaomon::health {

struct Service::Watchdog {
    explicit Watchdog(boost::asio::io_context& loop) : timer(loop) {}

    void feed() {
        sd_notify(0, "WATCHDOG=1");
        timer.expires_after(interval);
        timer.async_wait([this](const boost::system::error_code& error) {
            if (!error)
                feed();
        });
    }

    boost::asio::steady_timer timer;
    std::chrono::microseconds interval{0};
};

Service::Service(boost::asio::io_context& loop) : watchdog_(std::make_unique<Watchdog>(loop)) {}
Service::~Service() {
    sd_notify(0, "STOPPING=1");
}

void Service::ready(std::string_view status) {
    sd_notify(0, ("READY=1\nSTATUS=" + std::string(status)).c_str());
    std::uint64_t microseconds = 0;
    if (sd_watchdog_enabled(0, &microseconds) <= 0)
        return;
    watchdog_->interval = std::chrono::microseconds(microseconds / 2);
    watchdog_->feed();
}

void protect_process() noexcept {
    prctl(PR_SET_DUMPABLE, 0);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    umask(077);
}

} // namespace kaomon::health
