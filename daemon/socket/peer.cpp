#include "daemon/socket/peer.hpp"

#include "daemon/socket/plain.hpp"
#include "drivers/base/peer_name.hpp"

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

bool contains(const std::vector<session::Caller>& callers, const session::Caller& one) noexcept {
    return std::ranges::find(callers, one) != callers.end();
}

// Reads the callers of one configuration.
struct Reader {
    std::optional<uid_t> gateway;

    Result<session::Caller> caller(const std::string& key, const std::string& name) const {
        if (const std::string prefix = "gateway/"; name.starts_with(prefix)) {
            const auto peer = name.substr(prefix.size());
            if (!gateway)
                return fail(Reason::config_invalid,
                            "socket." + key + ": " + name + ": there is no gateway ([socket] gateway_user)");
            if (!is_peer_name(peer))
                return fail(Reason::config_invalid, "socket." + key + ": " + name + ": no name of a peer");
            return session::Caller(*gateway, peer);
        }
        const auto id = find_user(name);
        if (!id)
            return fail(Reason::config_invalid, "socket." + key + ": no user " + name);
        return session::Caller(*id);
    }

    Result<std::vector<session::Caller>> callers(const std::string& key,
                                                 const std::vector<std::string>& names) const {
        std::vector<session::Caller> found;
        for (const std::string& name : names) {
            auto one = caller(key, name);
            if (!one)
                return std::unexpected(one.error());
            found.push_back(std::move(*one));
        }
        return found;
    }

    // "CALLER:NAME", each; `key` of [socket].
    Result<std::vector<std::pair<session::Caller, std::string>>>
    callers_with(const std::string& key, const std::vector<std::string>& entries) const {
        std::vector<std::pair<session::Caller, std::string>> found;
        for (const std::string& entry : entries) {
            const auto colon = entry.find(':');
            const std::string name = colon == std::string::npos ? std::string() : entry.substr(colon + 1);
            if (!is_plain(name, 1, longest_name))
                return fail(Reason::config_invalid, "socket." + key + ": " + entry +
                                                        ": not USER:NAME, NAME of 1 to 64 printable ASCII "
                                                        "characters without space");
            auto one = caller(key, entry.substr(0, colon));
            if (!one)
                return std::unexpected(one.error());
            found.emplace_back(std::move(*one), name);
        }
        return found;
    }
};

} // namespace

Result<Peer> peer_of(int descriptor) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return fail(Reason::socket_unusable, std::string("SO_PEERCRED: ") + std::strerror(errno));
    return Peer{session::Caller(credentials.uid), credentials.pid};
}

Result<PeerPolicy> PeerPolicy::from(const Permissions& permissions) {
    Reader reader;
    if (!permissions.gateway_user.empty()) {
        reader.gateway = find_user(permissions.gateway_user);
        if (!reader.gateway)
            return fail(Reason::config_invalid, "socket.gateway_user: no user " + permissions.gateway_user);
    }
    auto verifiers = reader.callers("verify_users", permissions.verify_users);
    if (!verifiers)
        return std::unexpected(verifiers.error());
    auto screens = reader.callers("screen_users", permissions.screen_users);
    if (!screens)
        return std::unexpected(screens.error());
    auto staff = reader.callers_with("staff_users", permissions.staff_users);
    if (!staff)
        return std::unexpected(staff.error());
    auto named = reader.callers_with("audiences", permissions.audiences);
    if (!named)
        return std::unexpected(named.error());
    for (auto one = named->begin(); one != named->end(); ++one) {
        if (std::ranges::find(named->begin(), one, one->first, &Named::first) != one)
            return fail(Reason::config_invalid, "socket.audiences: " + text(one->first) + ":" + one->second +
                                                    ": that user has an audience already");
    }
    PeerPolicy policy;
    policy.verifiers_ = std::move(*verifiers);
    policy.screens_ = std::move(*screens);
    policy.staff_ = std::move(*staff);
    policy.audiences_ = std::move(*named);
    policy.gateway_ = reader.gateway;
    return policy;
}

bool PeerPolicy::allows(Right right, const session::Caller& caller) const noexcept {
    const bool is_gateway = gateway_ == caller.user && caller.peer.empty();
    const bool is_ours = caller.is_root() || caller == session::Caller(geteuid());
    const bool only_carries = is_gateway && !is_ours;
    switch (right) {
    case Right::anyone:
        return true;
    case Right::gateway:
        return is_gateway;
    case Right::verifier:
        return caller.is_root() || (!only_carries && (verifiers_.empty() || contains(verifiers_, caller)));
    case Right::screen:
        return caller.is_root() || contains(screens_, caller);
    case Right::staff:
        return caller.is_root() || std::ranges::find(staff_, caller, &Named::first) != staff_.end();
    case Right::administrator:
        return is_ours;
    }
    return false;
}

bool PeerPolicy::speaks_for(const session::Caller& caller, std::string_view staff) const noexcept {
    return std::ranges::any_of(staff_,
                               [&](const Named& one) { return one.first == caller && one.second == staff; });
}

std::vector<std::string> PeerPolicy::staff_of(const session::Caller& caller) const {
    std::vector<std::string> all;
    for (const auto& [who, staff] : staff_) {
        if (who == caller)
            all.push_back(staff);
    }
    return all;
}

std::string PeerPolicy::audience_of(const session::Caller& caller) const {
    const auto found = std::ranges::find(audiences_, caller, &Named::first);
    return found == audiences_.end() ? std::string() : found->second;
}

} // namespace kaomon::socket
