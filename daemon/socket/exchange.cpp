#include "daemon/socket/exchange.hpp"

#include "daemon/socket/interfaces.hpp"
#include "daemon/socket/message.hpp"
#include "daemon/socket/schema.hpp"
#include "daemon/socket/wording.hpp"
#include "drivers/base/log.hpp"

#include <utility>

namespace kaomon::socket {
namespace {

namespace json = boost::json;

#ifdef NDEBUG
constexpr bool check_own_words = false;
#else
constexpr bool check_own_words = true;
#endif

// A bug of ours; every test that makes it say so fails.
std::string broken(std::string_view where) {
    log(LogLevel::error, "a reply breaks its description at " + std::string(where));
    json::object parameters;
    parameters["reason"] = message_of(Reason::internal_error);
    parameters["detail"] = "a reply breaks its description at " + std::string(where);
    return encode_error("org.kaomon.Device.Failed", std::move(parameters));
}

} // namespace

void Exchange::describe(const idl::Interface& interface, const idl::Method& method) noexcept {
    interface_ = &interface;
    method_ = &method;
}

void Exchange::reply(json::object parameters, bool continues) {
    if (!open())
        return;
    if (check_own_words && method_ != nullptr) {
        if (const auto wrong = find_mismatch(*interface_, method_->out, parameters)) {
            send(broken(method_->name + ": " + *wrong), true);
            return;
        }
    }
    send(encode_reply(std::move(parameters), continues), !continues);
}

void Exchange::refuse(std::string_view error, json::object parameters) {
    if (!open())
        return;
    if (check_own_words) {
        const auto [interface_name, member] = split_name(error);
        const idl::Interface* interface = find_interface(interface_name);
        const idl::Type* described = interface == nullptr ? nullptr : interface->error(member);
        const auto wrong = described == nullptr ? std::optional<std::string>("its name")
                                                : find_mismatch(*interface, *described, parameters);
        if (wrong) {
            send(broken(std::string(error) + ": " + *wrong), true);
            return;
        }
    }
    send(encode_error(error, std::move(parameters)), true);
}

void Exchange::refuse(std::string_view error) {
    refuse(error, json::object());
}

void Exchange::send(std::string message, bool last) {
    if (oneway_)
        message.clear();
    if (!last) {
        sink_(std::move(message), false);
        return;
    }
    gone_ = nullptr;
    const Sink sink = std::exchange(sink_, nullptr);
    sink(std::move(message), true);
}

void Exchange::abandon(Reason why) {
    sink_ = nullptr;
    if (const Gone gone = std::exchange(gone_, nullptr))
        gone(why);
}

} // namespace kaomon::socket
