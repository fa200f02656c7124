#include "drivers/card/pcsc/clients.hpp"

#include "drivers/base/unique_fd.hpp"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace kaomon::card::pcsc {
namespace {

namespace fs = std::filesystem;
using Inode = std::uint32_t;

std::string service_socket() {
    const char* named = std::getenv("PCSCLITE_CSOCK_NAME"); // what libpcsclite connects to
    return named != nullptr ? named : "/run/pcscd/pcscd.comm";
}

// The client's end of one connection to `path`, from what the kernel tells of the service's end; 0: none.
Inode client_of(const nlmsghdr& message, std::string_view path) {
    const auto* socket = static_cast<const unix_diag_msg*>(NLMSG_DATA(&message));
    int left = static_cast<int>(message.nlmsg_len - NLMSG_LENGTH(sizeof *socket));
    Inode peer = 0;
    std::string_view name;
    const auto* attribute = reinterpret_cast<const rtattr*>(socket + 1);
    for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left)) {
        const auto size = static_cast<std::size_t>(RTA_PAYLOAD(attribute));
        if (attribute->rta_type == UNIX_DIAG_PEER && size >= sizeof peer)
            std::memcpy(&peer, RTA_DATA(attribute), sizeof peer);
        if (attribute->rta_type == UNIX_DIAG_NAME)
            name = {static_cast<const char*>(RTA_DATA(attribute)), size};
    }
    name = name.substr(0, name.find('\0'));
    return name == path ? peer : 0;
}

std::vector<Inode> client_sockets(std::string_view path) {
    std::vector<Inode> found;
    const UniqueFd link(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
    struct {
        nlmsghdr head;
        unix_diag_req ask;
    } request{};
    request.head = {sizeof request, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP, 0, 0};
    request.ask.sdiag_family = AF_UNIX;
    request.ask.udiag_states = ~0U;
    request.ask.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER;
    if (!link || send(link.get(), &request, sizeof request, 0) != static_cast<ssize_t>(sizeof request))
        return found;
    alignas(nlmsghdr) std::array<char, 32768> buffer{};
    while (true) {
        const ssize_t got = recv(link.get(), buffer.data(), buffer.size(), 0);
        if (got <= 0)
            return found;
        auto left = static_cast<unsigned>(got);
        const auto* message = reinterpret_cast<const nlmsghdr*>(buffer.data());
        for (; NLMSG_OK(message, left); message = NLMSG_NEXT(message, left)) {
            if (message->nlmsg_type != SOCK_DIAG_BY_FAMILY)
                return found; // done, or refused
            if (const Inode client = client_of(*message, path))
                found.push_back(client);
        }
    }
}

std::string name_of(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/comm");
    std::string name;
    std::getline(file, name);
    return name;
}

// Those of `sockets` that this process has open are taken out of it.
bool holds_any(pid_t process, std::vector<Inode>& sockets) {
    const auto before = sockets.size();
    std::error_code error;
    fs::directory_iterator open_files("/proc/" + std::to_string(process) + "/fd", error);
    for (; !error && open_files != fs::directory_iterator(); open_files.increment(error)) {
        std::error_code gone;
        const std::string target = fs::read_symlink(open_files->path(), gone).string();
        std::erase_if(sockets, [&](Inode one) { return target == "socket:[" + std::to_string(one) + "]"; });
    }
    return sockets.size() != before;
}

} // namespace

Clients clients_of_service() {
    Clients clients;
    auto sockets = client_sockets(service_socket());
    clients.connections = static_cast<int>(sockets.size());
    std::error_code error;
    fs::directory_iterator processes("/proc", error);
    for (; !error && !sockets.empty() && processes != fs::directory_iterator(); processes.increment(error)) {
        const std::string id = processes->path().filename().string();
        pid_t process = 0;
        if (std::from_chars(id.data(), id.data() + id.size(), process).ptr != id.data() + id.size())
            continue;
        if (holds_any(process, sockets) && process != getpid())
            clients.others.push_back({process, name_of(process)});
    }
    clients.unknown = static_cast<int>(sockets.size());
    std::ranges::sort(clients.others, {}, &Client::process);
    return clients;
}

std::string describe(const Clients& clients) {
    if (clients.connections == 0 || (clients.others.empty() && clients.unknown > 0))
        return "held by another program; which one, the kernel does not tell this user (as root: ss -xp)";
    if (clients.others.empty())
        return "held by this program itself";
    std::string names;
    for (const Client& one : clients.others)
        names += (names.empty() ? "" : ", ") + one.name + " (process " + std::to_string(one.process) + ")";
    if (clients.unknown > 0)
        names += ", or another that the kernel does not tell";
    return (clients.others.size() == 1 && clients.unknown == 0 ? "held by " : "held by one of: ") + names;
}

} // namespace kaomon::card::pcsc
