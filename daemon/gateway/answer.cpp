#include "daemon/gateway/answer.hpp"

#include "daemon/gateway/pages.hpp"

namespace kaomon::gateway {
namespace {

// Those of refusals.inc (RFC 9110 section 15, RFC 6585).
std::string_view phrase(std::uint16_t status) {
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 413:
        return "Content Too Large";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 503:
        return "Service Unavailable";
    default:
        return "Internal Server Error";
    }
}

// What RFC 9110 asks for beside the status.
std::string_view extra(std::uint16_t status) {
    switch (status) {
    case 401:
        return "WWW-Authenticate: Kaomon\r\n";
    case 405:
        return "Allow: GET, HEAD\r\n";
    case 426:
        return "Upgrade: websocket\r\n";
    case 429:
    case 503:
        return "Retry-After: 1\r\n";
    default:
        return "";
    }
}

} // namespace

Answer refusal(Refusal why) {
    return {code_of(why), "application/json", as_json(why)};
}

std::string as_text(const Answer& answer, bool head, bool keep_alive) {
    std::string text = "HTTP/1.1 " + std::to_string(answer.status) + ' ';
    text += phrase(answer.status);
    text += "\r\nServer: kaomon-gateway\r\nContent-Type: ";
    text += answer.type;
    text += "\r\nContent-Length: " + std::to_string(answer.body.size()) + "\r\n";
    text += page_headers();
    text += extra(answer.status);
    text += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    if (!head)
        text += answer.body;
    return text;
}

} // namespace kaomon::gateway
