// A PC/SC service of a test's own: the real pcscd with the virtual reader vpcd, in a folder and on ports of
// its own.
#pragma once

#include "drivers/base/unique_fd.hpp"

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::test {

// libpcsclite keeps the first PCSCLITE_CSOCK_NAME it sees for the life of a process: so the folder is made
// once a process, every Pcscd of the process lives there, and one at a time. Programs started by the test
// inherit the variable. Needs no root; any number of processes may have one. A failure to start throws
// std::runtime_error: a test without its service must not pass.
class Pcscd {
  public:
    static constexpr int slots = 2; // vpcd gives two readers an instance

    // Started, its ports listening: one virtual device of two slots for each name.
    explicit Pcscd(std::vector<std::string> devices = {"Kaomon Test PCD"});
    ~Pcscd();
    Pcscd(const Pcscd&) = delete;
    Pcscd& operator=(const Pcscd&) = delete;

    void start(); // again, at the same socket and the same ports
    // What is plugged in from the next start() on: the first `count` of the devices.
    void plug_in(std::size_t count);
    void stop();   // SIGTERM
    void kill();   // SIGKILL, as a crash: the socket file stays behind, nobody listens
    void freeze(); // SIGSTOP: accepts, never answers
    void thaw();

    // 127.0.0.1: where the card of that slot connects. Slots 2 and 3 are the second device's.
    std::uint16_t port(int slot = 0) const noexcept { return static_cast<std::uint16_t>(port_ + slot); }
    // PC/SC name of that slot's reader, of the first device where there is only one.
    static std::string reader(int slot = 0);
    const std::filesystem::path& socket() const noexcept { return socket_; }
    std::string log() const;

  private:
    void take_ports();
    void write_configuration() const;
    bool listens() const;
    void end(int signal);

    std::filesystem::path folder_, socket_;
    std::vector<std::string> devices_;
    std::size_t plugged_;
    std::vector<UniqueFd> port_locks_;
    std::uint16_t port_ = 0;
    pid_t pid_ = -1;
};

// Waits until `condition` holds, asking every 5 ms; false after `seconds`.
template<class Condition>
bool eventually(Condition condition, double seconds = 10);

void sleep_5_ms();
double monotonic_seconds();

template<class Condition>
bool eventually(Condition condition, double seconds) {
    const double end = monotonic_seconds() + seconds;
    while (!condition()) {
        if (monotonic_seconds() > end)
            return false;
        sleep_5_ms();
    }
    return true;
}

} // namespace kaomon::test
