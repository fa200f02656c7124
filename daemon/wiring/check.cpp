#include "daemon/wiring/check.hpp"

#include "daemon/wiring/face.hpp"
#include "daemon/wiring/file_modes.hpp"
#include "drivers/card/mynumber/sign_in_trust.hpp"
#include "drivers/card/mynumber/trust_store.hpp"

namespace kaomon::wiring {

socket::Permissions permissions_of(const config::Socket& socket) {
    return {.verify_users = socket.verify_users,
            .screen_users = socket.screen_users,
            .staff_users = socket.staff_users,
            .audiences = socket.audiences,
            .gateway_user = socket.gateway_user};
}

Result<void> check(const config::Config& config, const std::filesystem::path& file) {
    if (const auto peers = socket::PeerPolicy::from(permissions_of(config.socket)); !peers)
        return std::unexpected(peers.error());
    if (auto modes = check_file_modes(config, file); !modes)
        return modes;
    if (const auto trust = card::mynumber::TrustStore::load(config.card.trust_store); !trust)
        return std::unexpected(trust.error());
    if (const auto trust = card::mynumber::SignInTrust::load(config.card.trust_store); !trust)
        return std::unexpected(trust.error());
    const auto pipeline = load_pipeline(config.face);
    if (!pipeline)
        return std::unexpected(pipeline.error());
    if (const auto rule = decision_rule(config, **pipeline); !rule)
        return std::unexpected(rule.error());
    return {};
}

} // namespace kaomon::wiring
