#include "daemon/gateway/admission.hpp"

#include <algorithm>

namespace kaomon::gateway {
namespace {

Refusal without_certificate(const Asking& asking) {
    return asking.certificate_shown ? Refusal::certificate_revoked : Refusal::certificate_missing;
}

std::expected<Visitor, Refusal> by_token(const Tokens& tokens, const Asking& asking) {
    const auto offer = read_offer(asking.subprotocols.value_or(""));
    if (!offer)
        return std::unexpected(Refusal::request_malformed);
    if (offer->token.empty() || !offer->varlink)
        return std::unexpected(Refusal::token_missing);
    // both are looked at, whichever it is
    const bool patient = same_secret(offer->token, tokens.patient);
    const bool staff = same_secret(offer->token, tokens.staff);
    if (patient)
        return Visitor{"patient", Role::patient, true};
    if (staff)
        return Visitor{"staff", Role::staff, true};
    return std::unexpected(Refusal::token_wrong);
}

} // namespace

std::optional<Refusal> check_host(const Door& door, const Asking& asking,
                                  const std::vector<std::string>& others) {
    if (!asking.one_host)
        return Refusal::request_malformed;
    if (!door.names.has(asking.host))
        return Refusal::host_foreign;
    if (asking.origin && !door.names.is_own_origin(asking.host, *asking.origin) &&
        std::ranges::find(others, *asking.origin) == others.end())
        return Refusal::origin_foreign;
    return std::nullopt;
}

std::expected<Visitor, Refusal> admit(const Door& door, const Tokens& tokens, const Asking& asking) {
    if (const auto refused = check_host(door, asking, door.origins))
        return std::unexpected(*refused);
    if (door.loopback) {
        if (!asking.origin) // no browser, and what is no browser on this computer has the socket
            return std::unexpected(Refusal::origin_foreign);
        return by_token(tokens, asking);
    }
    if (asking.certificate == nullptr)
        return std::unexpected(without_certificate(asking));
    return Visitor{asking.certificate->name, asking.certificate->role, false};
}

std::optional<Refusal> check_page(const Door& door, std::string_view path, const Asking& asking) {
    if (const auto refused = check_host(door, asking))
        return refused;
    if (door.loopback || path == "/health")
        return path == "/pair" ? std::optional(Refusal::not_found) : std::nullopt;
    if (path == "/pair")
        return std::nullopt;
    if (asking.certificate == nullptr)
        return without_certificate(asking);
    if (path == "/patient")
        return Refusal::this_computer_only;
    if (path == "/staff" && asking.certificate->role != Role::staff)
        return Refusal::not_for_this_peer;
    return std::nullopt;
}

} // namespace kaomon::gateway
