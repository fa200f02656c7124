#include "tests/component/pcscd.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

namespace kaomon::test {
namespace {

constexpr const char* program = KAOMON_SOURCE_DIR "/tools/private_pcscd";
constexpr const char* driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
constexpr const char* friendly_name = "Kaomon Test PCD";

[[noreturn]] void give_up(const std::string& what) {
    throw std::runtime_error("pcscd for tests: " + what);
}

// One folder a process, removed when it ends.
struct Folder {
    std::filesystem::path path;
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "kaomon-pcscd-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr)
            give_up("no temporary folder");
        path = name;
        std::filesystem::create_directory(path / "readers");
        setenv("PCSCLITE_CSOCK_NAME", (path / "pcscd.comm").c_str(), 1);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

const std::filesystem::path& process_folder() {
    static const Folder folder;
    return folder.path;
}

UniqueFd unix_socket(const sockaddr_un& address, socklen_t size) {
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd || bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0)
        return {};
    return fd;
}

// An abstract name as a lock between test processes: no file to clean up, gone with the process.
UniqueFd lock_port(std::uint16_t port) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const int size = std::snprintf(address.sun_path + 1, sizeof address.sun_path - 1, "kaomon-test-vpcd-%u",
                                   static_cast<unsigned>(port));
    return unix_socket(address, static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 +
                                                       static_cast<std::size_t>(size)));
}

bool is_free(std::uint16_t port) {
    const UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    const int reuse = 1;
    setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    return bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

// Looked up instead of tried: a connection would be a card put on the reader.
bool is_listening(std::uint16_t port) {
    std::array<char, 16> wanted{};
    std::snprintf(wanted.data(), wanted.size(), ":%04X", static_cast<unsigned>(port));
    std::ifstream table("/proc/net/tcp");
    std::string slot, local, remote, state, rest;
    std::getline(table, rest); // headings
    while (table >> slot >> local >> remote >> state && std::getline(table, rest)) {
        if (state == "0A" && local.ends_with(wanted.data()))
            return true;
    }
    return false;
}

} // namespace

double monotonic_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
void sleep_5_ms() {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

Pcscd::Pcscd(std::vector<std::string> devices)
    : folder_(process_folder()), socket_(folder_ / "pcscd.comm"), devices_(std::move(devices)),
      plugged_(devices_.size()) {
    take_ports();
    start();
}

Pcscd::~Pcscd() {
    end(SIGTERM);
}

// Below the ephemeral range (32768 and up), so that no outgoing connection takes it in between.
void Pcscd::take_ports() {
    std::mt19937 random{std::random_device{}()};
    for (int attempt = 0; attempt < 200; ++attempt) {
        port_ = static_cast<std::uint16_t>(20000 + 2 * (random() % 6000));
        port_locks_.clear();
        for (std::size_t device = 0; device < devices_.size(); ++device) {
            const auto first = static_cast<std::uint16_t>(port_ + slots * device);
            UniqueFd lock = lock_port(first);
            if (lock && is_free(first) && is_free(static_cast<std::uint16_t>(first + 1)))
                port_locks_.push_back(std::move(lock));
        }
        if (port_locks_.size() == devices_.size())
            return;
    }
    give_up("no free ports");
}

void Pcscd::plug_in(std::size_t count) {
    plugged_ = std::min(count, devices_.size());
}

void Pcscd::write_configuration() const {
    std::ofstream file(folder_ / "readers" / "vpcd");
    for (std::size_t device = 0; device < plugged_; ++device) {
        // vpcd keeps its slots in static memory: two devices of one library would be one
        std::filesystem::path library = driver;
        if (device > 0) {
            library = folder_ / ("libifdvpcd-" + std::to_string(device) + ".so");
            std::filesystem::copy_file(driver, library, std::filesystem::copy_options::skip_existing);
        }
        const std::size_t first = port_ + slots * device;
        file << "FRIENDLYNAME \"" << devices_[device] << "\"\nDEVICENAME /dev/null:" << first << "\nLIBPATH "
             << library.string() << "\nCHANNELID " << first << "\n\n";
    }
}

bool Pcscd::listens() const {
    for (std::size_t slot = 0; slot < slots * plugged_; ++slot) {
        if (!is_listening(port(static_cast<int>(slot))))
            return false;
    }
    return true;
}

std::string Pcscd::reader(int slot) {
    return std::string(friendly_name).append(" 00 0").append(std::to_string(slot)); // gcc 12 warns of the sum
}

// Socket activation, as systemd does it: pcscd takes no other socket path than its own or one that is handed
// over.
void Pcscd::start() {
    if (pid_ > 0)
        return;
    write_configuration();
    std::filesystem::remove(socket_);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socket_.native().size() >= sizeof address.sun_path)
        give_up("the temporary folder's name is too long");
    std::strcpy(address.sun_path, socket_.c_str());
    const UniqueFd listener = unix_socket(address, sizeof address);
    if (!listener || listen(listener.get(), 16) != 0)
        give_up("cannot listen");
    const UniqueFd log(::open((folder_ / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));

    const std::string readers = (folder_ / "readers").string();
    // auto-exit: gone a minute after its last client, should the test itself be killed
    std::array<const char*, 4> arguments{program, readers.c_str(), "--auto-exit", nullptr};
    std::array<char, 32> listen_pid{}; // the child's own id: known to it alone
    std::vector<char*> environment;
    for (char** variable = environ; *variable != nullptr; ++variable)
        environment.push_back(*variable);
    std::string listen_fds = "LISTEN_FDS=1";
    environment.insert(environment.end(), {listen_fds.data(), listen_pid.data(), nullptr});

    pid_ = fork();
    if (pid_ == 0) { // only what is allowed between fork and exec
        std::snprintf(listen_pid.data(), listen_pid.size(), "LISTEN_PID=%d", static_cast<int>(getpid()));
        dup2(log.get(), 1);
        dup2(log.get(), 2);
        if (listener.get() == 3) {
            fcntl(3, F_SETFD, 0);
        } else {
            dup2(listener.get(), 3);
        }
        execve(program, const_cast<char* const*>(arguments.data()), environment.data());
        _exit(127);
    }
    if (pid_ < 0)
        give_up("fork");
    const bool ready = eventually([&] { return listens(); });
    if (!ready) {
        const std::string said = this->log();
        end(SIGKILL);
        give_up("it does not listen on its ports; it says:\n" + said);
    }
}

void Pcscd::stop() {
    end(SIGTERM);
}
void Pcscd::kill() {
    end(SIGKILL);
}
void Pcscd::freeze() {
    ::kill(pid_, SIGSTOP);
}
void Pcscd::thaw() {
    ::kill(pid_, SIGCONT);
}

void Pcscd::end(int signal) {
    if (pid_ <= 0)
        return;
    ::kill(pid_, signal);
    ::kill(pid_, SIGCONT); // a frozen one must wake up to end
    int status = 0;
    if (!eventually([&] { return waitpid(pid_, &status, WNOHANG) != 0; }, 5)) {
        ::kill(pid_, SIGKILL);
        waitpid(pid_, &status, 0);
    }
    pid_ = -1;
}

std::string Pcscd::log() const {
    std::ifstream file(folder_ / "log");
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace kaomon::test
