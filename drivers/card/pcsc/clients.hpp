// Who else talks to the PC/SC service: for the sentence that says who holds a reader. The service itself does
// not tell; the kernel may.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace kaomon::card::pcsc {

struct Client {
    pid_t process = 0;
    std::string name; // as the kernel calls it, at most 15 characters
    friend bool operator==(const Client&, const Client&) = default;
};

struct Clients {
    std::vector<Client> others; // than this process, by process
    int connections = 0;        // to the service, this process's own with them
    int unknown = 0;            // connections whose process the kernel does not name
};

// Peers of the service's socket, by the kernel's socket diagnosis and /proc. Only root sees the sockets of
// other users, and a process in a network name space of its own (as the packaged daemon) sees none: then all
// is unknown. Reentrant.
Clients clients_of_service();

// "held by pcsc_scan (process 812)"; "held by one of: ..."; or that it cannot be known, and how to find out.
// Reentrant.
std::string describe(const Clients& clients);

} // namespace kaomon::card::pcsc
