#include "daemon/gateway/envelope.hpp"

#include "daemon/gateway/limits.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>

#include <optional>
#include <set>
#include <vector>

namespace kaomon::gateway {
namespace {

namespace json = boost::json;
using json::error_code;

constexpr std::size_t longest_method = 256; // characters; ours have under 50

// What of a message's members is looked at.
struct Members {
    std::string method;
    bool method_is_text = false, other_is_no_flag = false;
    bool oneway = false, upgrade = false, continues = false;
};

// Told by the parser, piece by piece. Only keys and the method's text are kept, for as long as one message is
// read.
class Handler {
  public:
    static constexpr std::size_t max_object_size = max_reply;
    static constexpr std::size_t max_array_size = max_reply;
    static constexpr std::size_t max_key_size = max_reply;
    static constexpr std::size_t max_string_size = max_reply;

    explicit Handler(bool distinct) : distinct_(distinct) {}

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_array_begin(error_code& error) { return begin(error, false); }
    bool on_array_end(std::size_t, error_code&) { return end(); }
    bool on_object_begin(error_code& error) { return begin(error, true); }
    bool on_object_end(std::size_t, error_code&) { return end(); }
    bool on_key_part(json::string_view part, std::size_t, error_code&) {
        key_.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t, error_code& error) {
        key_.append(part.data(), part.size());
        if (levels_.size() == 1)
            member_ = key_;
        if (distinct_ && !levels_.back().keys.insert(std::move(key_)).second)
            error = json::error::not_object; // said as malformed
        key_.clear();
        return !error;
    }
    bool on_string_part(json::string_view part, std::size_t, error_code&) { return text(part, false); }
    bool on_string(json::string_view part, std::size_t, error_code& error) {
        return text(part, true) && scalar(error, std::nullopt, true);
    }
    bool on_number_part(json::string_view, error_code&) { return true; }
    bool on_int64(std::int64_t, json::string_view, error_code& error) { return scalar(error, std::nullopt); }
    bool on_uint64(std::uint64_t, json::string_view, error_code& error) {
        return scalar(error, std::nullopt);
    }
    bool on_double(double, json::string_view, error_code& error) { return scalar(error, std::nullopt); }
    bool on_bool(bool value, error_code& error) { return scalar(error, value); }
    bool on_null(error_code& error) { return scalar(error, false); } // as if it were not there
    bool on_comment_part(json::string_view, error_code&) { return false; }
    bool on_comment(json::string_view, error_code&) { return false; }

    Members members;

  private:
    struct Level {
        std::set<std::string> keys;
    };
    // A value of the message itself.
    bool of_message() const { return levels_.size() == 1; }

    bool begin(error_code& error, bool object) {
        if (levels_.empty() && !object)
            error = json::error::not_object;
        else if (of_message())
            note(std::nullopt, false);
        levels_.emplace_back();
        return !error;
    }
    bool end() {
        levels_.pop_back();
        return true;
    }
    bool text(json::string_view part, bool) {
        if (of_message() && member_ == "method" && members.method.size() <= longest_method)
            members.method.append(part.data(), part.size());
        return true;
    }
    bool scalar(error_code& error, std::optional<bool> flag, bool is_text = false) {
        if (levels_.empty())
            error = json::error::not_object;
        else if (of_message())
            note(flag, is_text);
        return !error;
    }
    void note(std::optional<bool> flag, bool is_text) {
        if (member_ == "method")
            members.method_is_text = is_text;
        bool* const wanted = member_ == "oneway"      ? &members.oneway
                             : member_ == "upgrade"   ? &members.upgrade
                             : member_ == "continues" ? &members.continues
                                                      : nullptr;
        if (wanted == nullptr)
            return;
        members.other_is_no_flag = members.other_is_no_flag || !flag;
        *wanted = flag.value_or(false);
    }

    const bool distinct_;
    std::vector<Level> levels_;
    std::string key_;    // as far as it came
    std::string member_; // of the message, whose value comes
};

Result<Members> read(std::string_view text, std::size_t most, bool distinct) {
    if (text.size() > most)
        return fail(Reason::message_too_large, "too many bytes");
    json::parse_options options;
    options.max_depth = max_depth;
    json::basic_parser<Handler> parser(options, distinct);
    error_code error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (error == json::error::too_deep)
        return fail(Reason::message_too_large, "nested too deep");
    if (error || used != text.size())
        return fail(Reason::message_malformed, "not one JSON object with different members");
    Members found = std::move(parser.handler().members);
    if (found.other_is_no_flag)
        return fail(Reason::message_malformed, "a flag is not true or false");
    return found;
}

} // namespace

Result<Envelope> read_call(std::string_view text) {
    auto members = read(text, max_message, true);
    if (!members)
        return std::unexpected(members.error());
    if (!members->method_is_text || members->method.empty() || members->method.size() > longest_method)
        return fail(Reason::message_malformed, "no method");
    return Envelope{std::move(members->method), members->oneway, members->upgrade};
}

Result<bool> read_continues(std::string_view text) {
    const auto members = read(text, max_reply, false);
    if (!members)
        return std::unexpected(members.error());
    return members->continues;
}

std::string permission_denied() {
    return R"({"error":"org.varlink.service.PermissionDenied","parameters":{}})";
}

} // namespace kaomon::gateway
