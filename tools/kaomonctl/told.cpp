#include "tools/kaomonctl/told.hpp"

#include "tools/kaomonctl/words.hpp"

namespace kaomon::kaomonctl {

namespace {

std::expected<boost::json::object, LinkTrouble> reply_of(Client& client, std::string_view method) {
    auto reply = client.call(method);
    if (!reply)
        return std::unexpected(reply.error());
    if (!reply->error.empty())
        return std::unexpected("the daemon answers " + reply->error);
    return std::move(reply->parameters);
}

} // namespace

std::expected<boost::json::object, LinkTrouble> reply_of(const std::string& socket, std::string_view method) {
    auto client = Client::connect(socket);
    return client ? reply_of(*client, method) : std::unexpected(client.error());
}

std::optional<doctor::Told> told_by(const std::string& socket) {
    auto client = Client::connect(socket);
    if (!client)
        return std::nullopt;
    auto info = reply_of(*client, "org.kaomon.Device.GetInfo");
    const auto status = reply_of(*client, "org.kaomon.Device.Watch");
    const auto* now = status ? object_at(*status, "status") : nullptr;
    return !info || now == nullptr ? std::nullopt : std::optional(doctor::Told{std::move(*info), *now});
}

} // namespace kaomon::kaomonctl
