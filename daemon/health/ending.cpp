#include "daemon/health/ending.hpp"

#include "drivers/base/clock.hpp"
#include "drivers/base/log.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <systemd/sd-daemon.h>

#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>

namespace kaomon::health {
namespace {

constexpr std::chrono::milliseconds farewell_time{500}; // for what callers are told to be read
constexpr std::chrono::seconds longest_farewell{3};     // where a thread hangs

void tell_systemd_of_reload() {
    const std::chrono::microseconds now =
        std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now().time_since_epoch());
    sd_notify(0, ("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(now.count())).c_str());
}

void end_in_any_case(const std::stop_token& over, bool begin_again) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, over, longest_farewell, [&] { return over.stop_requested(); });
    if (over.stop_requested())
        return;
    log(LogLevel::error, "a thread does not come back: ended without it");
    std::_Exit(begin_again ? EXIT_FAILURE : EXIT_SUCCESS); // systemd starts a failed one again
}

void change_mask(int how) noexcept {
    sigset_t hangup;
    sigemptyset(&hangup);
    sigaddset(&hangup, SIGHUP);
    pthread_sigmask(how, &hangup, nullptr);
}

} // namespace

void hold_reloads() noexcept {
    change_mask(SIG_BLOCK);
}

struct Ending::Impl : std::enable_shared_from_this<Impl> {
    Impl(boost::asio::io_context& of, EndingSteps with)
        : loop(of), steps(std::move(with)), signals(of, SIGINT, SIGTERM, SIGHUP), farewell(of) {}

    void wait() {
        signals.async_wait([weak = weak_from_this()](const boost::system::error_code& error, int number) {
            const auto self = weak.lock();
            if (error || !self || self->closed)
                return;
            self->wait();
            if (number == SIGHUP)
                self->reload();
            else
                self->close(false);
        });
    }

    void reload() {
        if (waits)
            return; // it will look at what is configured then
        if (const auto good = steps.check(); !good) {
            log(LogLevel::error, "reload: everything stays as it was: " +
                                     std::string(word(good.error().reason)) + ": " + good.error().detail);
            return;
        }
        log(LogLevel::info, "reload: as soon as no session runs");
        waits = true;
        steps.at_idle([weak = weak_from_this()] {
            const auto self = weak.lock();
            if (self && !self->closed)
                self->close(true);
        });
    }

    void close(bool begin_again) {
        closed = true;
        again = begin_again;
        if (again) {
            hold_reloads();
            tell_systemd_of_reload();
        }
        last_resort =
            std::jthread([begin_again](const std::stop_token& over) { end_in_any_case(over, begin_again); });
        steps.close();
        farewell.expires_after(farewell_time);
        farewell.async_wait(
            [self = shared_from_this()](const boost::system::error_code&) { self->loop.stop(); });
    }

    boost::asio::io_context& loop;
    EndingSteps steps;
    boost::asio::signal_set signals;
    boost::asio::steady_timer farewell;
    std::jthread last_resort;
    bool waits = false, closed = false, again = false;
};

Ending::Ending(boost::asio::io_context& loop, EndingSteps steps)
    : impl_(std::make_shared<Impl>(loop, std::move(steps))) {
    impl_->wait();
    change_mask(SIG_UNBLOCK);
}
Ending::~Ending() = default;

bool Ending::begins_again() const noexcept {
    return impl_->again;
}

} // namespace kaomon::health
