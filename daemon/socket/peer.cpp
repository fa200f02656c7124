#include "daemon/socket/peer.hpp"

#include "daemon/socket/plain.hpp"

#include <pwd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>

namespace kaomon::socket {
namespace {

std::optional<uid_t> find_user(const std::string& name) {
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> strings{}; // over the 1 KiB that glibc suggests
    if (getpwnam_r(name.c_str(), &entry, strings.data(), strings.size(), &found) == 0 && found != nullptr)
        return found->pw_uid;
    uid_t id = 0;
    const char* end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data(), end, id);
    if (error != std::errc() || stop != end)
        return std::nullopt;
    return id;
}

} // namespace

Result<Peer> peer_of(int descriptor) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return fail(Reason::socket_unusable, std::string("SO_PEERCRED: ") + std::strerror(errno));
    return Peer{credentials.uid, credentials.pid};
}

Result<PeerPolicy> PeerPolicy::from(const std::vector<std::string>& verify_users,
                                    const std::vector<std::string>& staff_users) {
    PeerPolicy policy;
    for (const std::string& name : verify_users) {
        const auto id = find_user(name);
        if (!id)
            return fail(Reason::config_invalid, "socket.verify_users: no user " + name);
        policy.verifiers_.push_back(*id);
    }
    for (const std::string& entry : staff_users) {
        const auto colon = entry.find(':');
        const std::string staff = colon == std::string::npos ? std::string() : entry.substr(colon + 1);
        if (!is_plain(staff, 1, longest_staff))
            return fail(Reason::config_invalid, "socket.staff_users: " + entry +
                                                    ": not USER:ID, ID of 1 to 64 printable ASCII characters "
                                                    "without space");
        const auto id = find_user(entry.substr(0, colon));
        if (!id)
            return fail(Reason::config_invalid, "socket.staff_users: no user " + entry.substr(0, colon));
        policy.staff_.emplace_back(*id, staff);
    }
    return policy;
}

bool PeerPolicy::allows(Right right, uid_t uid) const noexcept {
    if (right == Right::anyone || uid == 0)
        return true;
    if (right == Right::administrator)
        return uid == geteuid();
    if (verifiers_.empty())
        return true;
    return std::ranges::find(verifiers_, uid) != verifiers_.end();
}

bool PeerPolicy::speaks_for(uid_t uid, std::string_view staff) const noexcept {
    return std::ranges::any_of(staff_,
                               [&](const auto& one) { return one.first == uid && one.second == staff; });
}

} // namespace kaomon::socket
