// The computers of the LAN that were paired: one file for each certificate, in the folder "peers" of the
// state folder.
#pragma once

#include "daemon/gateway/role.hpp"
#include "drivers/base/result.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::gateway {

using Time = std::chrono::sys_seconds;

struct PairedPeer {
    std::string name;
    Role role = Role::system;
    std::string serial; // of the certificate, 32 lower-case hexadecimal characters
    std::string sha256; // of the certificate in DER, 64
    Time since{}, until{};
    bool revoked = false;
};

// What a paired peer may be called: the name of a peer (peer_name.hpp), and no name of a page's. Reentrant.
bool may_be_paired_as(std::string_view name) noexcept;

// All of them, by their names; a file that is damaged counts as none. Reason: key_unreadable (the folder
// cannot be read). Reentrant.
Result<std::vector<PairedPeer>> read_peers(const std::filesystem::path& state);
// Reason: key_unreadable. Reentrant.
Result<void> write_peer(const std::filesystem::path& state, const PairedPeer& peer);

// Thread-bound.
class Peers {
  public:
    explicit Peers(std::filesystem::path state) : state_(std::move(state)) {}

    // Reads the files again if one of them may have changed.
    void look();
    // Whose certificate that is, if it counts at that time. nullptr: nobody's.
    const PairedPeer* find(std::string_view serial, std::string_view sha256, Time now) const;

  private:
    std::filesystem::path state_;
    std::filesystem::file_time_type seen_ = std::filesystem::file_time_type::min();
    std::vector<PairedPeer> peers_;
};

} // namespace kaomon::gateway
