#include "daemon/socket/message.hpp"

#include "daemon/socket/limits.hpp"
#include "daemon/socket/wiping_memory.hpp"
#include "drivers/base/secret.hpp"

#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>

#include <array>

namespace kaomon::socket {
namespace {

namespace json = boost::json;

// Parsed values pass through the parser's buffer: it has to be ours, to be wiped.
struct Workspace {
    Workspace() = default;
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;
    ~Workspace() { wipe(bytes.data(), bytes.size()); }
    std::array<unsigned char, 2048> bytes;
};

Result<json::value> parse_json(std::string_view text) {
    Workspace workspace;
    json::parse_options options;
    options.max_depth = max_depth;
    json::parser parser(wiping_memory(), options, workspace.bytes.data(), workspace.bytes.size());
    parser.reset(wiping_memory());
    json::error_code error;
    parser.write(text.data(), text.size(), error);
    if (error == json::error::too_deep)
        return fail(Reason::message_too_large, "nested too deep");
    if (error)
        return fail(Reason::message_malformed, "not JSON: " + error.message());
    return parser.release();
}

Result<bool> flag(const json::value& value, std::string_view name) {
    if (!value.is_bool())
        return fail(Reason::message_malformed, std::string(name) + " is not true or false");
    return value.get_bool();
}

std::string encode(const json::object& message) {
    std::string text = json::serialize(message);
    text.push_back('\0');
    return text;
}

} // namespace

Result<Call> parse_call(std::string_view text) {
    auto parsed = parse_json(text);
    if (!parsed)
        return std::unexpected(parsed.error());
    json::object* message = parsed->if_object();
    if (message == nullptr)
        return fail(Reason::message_malformed, "not an object");

    Call call{{}, json::object(wiping_memory())};
    for (auto& member : *message) {
        const std::string_view key(member.key().data(), member.key().size());
        json::value& value = member.value();
        Result<bool> set = false;
        if (value.is_null()) // as if it were not there: what many languages write for an empty field
            continue;
        if (key == "method") {
            if (!value.is_string())
                return fail(Reason::message_malformed, "method is not a string");
            call.method = std::string_view(value.get_string());
        } else if (key == "parameters") {
            if (!value.is_object())
                return fail(Reason::message_malformed, "parameters is not an object");
            call.parameters = std::move(value.get_object());
        } else if (key == "more") {
            set = flag(value, key);
            call.more = set.value_or(false);
        } else if (key == "oneway") {
            set = flag(value, key);
            call.oneway = set.value_or(false);
        } else if (key == "upgrade") {
            set = flag(value, key);
            if (set.value_or(false))
                return fail(Reason::message_malformed, "upgrade is not offered");
        } // other members belong to extensions that this service does not know
        if (!set)
            return std::unexpected(set.error());
    }
    if (call.method.empty())
        return fail(Reason::message_malformed, "no method");
    if (call.more && call.oneway)
        return fail(Reason::message_malformed, "more and oneway exclude each other");
    return call;
}

std::string encode_reply(json::object parameters, bool continues) {
    json::object message;
    message["parameters"] = std::move(parameters);
    if (continues)
        message["continues"] = true;
    return encode(message);
}

std::string encode_error(std::string_view error, json::object parameters) {
    json::object message;
    message["error"] = error;
    message["parameters"] = std::move(parameters);
    return encode(message);
}

} // namespace kaomon::socket
