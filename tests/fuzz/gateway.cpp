// Any bytes where the gateway reads by hand: a message's outside, a path, a Host, an Origin, subprotocols, an
// address, its configuration. The first byte says which.
#include "daemon/gateway/endpoint.hpp"
#include "daemon/gateway/envelope.hpp"
#include "daemon/gateway/names.hpp"
#include "daemon/gateway/pages.hpp"
#include "daemon/gateway/role.hpp"
#include "daemon/gateway/settings.hpp"
#include "daemon/gateway/token.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <cstdint>
#include <cstdlib>

namespace {

using namespace kaomon::gateway;

// What the gateway lets through, kaomond's parser reads as the same call.
void take_message(std::string_view text) {
    (void)read_continues(text);
    const auto call = read_call(text);
    if (!call)
        return;
    const auto parsed = boost::json::parse(text);
    if (!parsed.is_object() || std::string_view(parsed.at("method").as_string()) != call->method)
        std::abort();
    for (const Role role : kaomon::values<Role>()) {
        if (may_call(role, false, call->method) &&
            (call->method.ends_with(".SpeakFor") || call->method.ends_with(".Preview")))
            std::abort();
    }
}

void take_path(std::string_view path) {
    const auto place = place_of(path);
    if (place && (place->file.starts_with('/') || place->file.contains("..") || place->file.contains('%')))
        std::abort();
}

void take_offer(std::string_view text) {
    const auto offer = read_offer(text);
    if (offer && offer->token.contains(','))
        std::abort();
}

void take_endpoint(std::string_view text) {
    const auto endpoint = read_endpoint(text);
    if (endpoint && canonical_address(endpoint->address) != endpoint->address)
        std::abort();
    if (is_dns_name(text) && !canonical_address(text).empty())
        std::abort();
}

void take_origin(std::string_view text) {
    static const auto names = Names::of_this_computer(8650);
    if (names.is_own_origin("127.0.0.1:8650", text) != (text == "http://127.0.0.1:8650"))
        std::abort();
    (void)names.has(text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0]) {
    case 'm':
        take_message(text);
        break;
    case 'p':
        take_path(text);
        break;
    case 's':
        take_offer(text);
        break;
    case 'e':
        take_endpoint(text);
        break;
    case 'o':
        take_origin(text);
        break;
    case 'c':
        (void)parse_settings(text, "gateway.toml");
        break;
    default:
        break;
    }
    return 0;
}
