#include "daemon/audit/head.hpp"

#include "daemon/audit/line.hpp"
#include "drivers/base/durable_file.hpp"
#include "drivers/base/text_file.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>

namespace kaomon::audit {
namespace {

// A number that stands behind `name` in `json`; 0 for none: the caller writes it again and compares.
template<class T>
T number_at(std::string_view json, std::string_view name) {
    T number{};
    if (const auto at = json.find(name); at != json.npos)
        std::from_chars(json.data() + at + name.size(), json.data() + json.size(), number);
    return number;
}

} // namespace

std::string to_json(const Head& head) {
    return R"({"sequence":)" + std::to_string(head.sequence) + R"(,"hash":")" + head.hash + R"(","time":)" +
           std::to_string(head.time) + '}';
}

std::optional<Head> head_from_json(std::string_view json) {
    constexpr std::string_view hash_member = R"("hash":")";
    Head head;
    head.sequence = number_at<std::uint64_t>(json, R"("sequence":)");
    head.time = number_at<std::int64_t>(json, R"("time":)");
    if (const auto at = json.find(hash_member); at != json.npos)
        head.hash = json.substr(at + hash_member.size(), hash_digits);
    if (head.sequence == 0 || head.hash.size() != hash_digits || to_json(head) != json)
        return std::nullopt;
    return head;
}

Result<Head> open_head(std::string_view jws, const Seal& seal) {
    if (!seal.check)
        return fail(Reason::audit_broken, "there is no key to check the head with");
    const auto said = seal.check(jws);
    if (!said)
        return fail(Reason::audit_broken, "the head's signature: " + said.error().detail);
    auto head = head_from_json(*said);
    if (!head)
        return fail(Reason::audit_broken, "signed, but not a head");
    return std::move(*head);
}

std::filesystem::path head_file_of(const std::filesystem::path& record) {
    return record.string() + ".head";
}

Result<std::optional<Head>> read_head(const std::filesystem::path& record, const Seal& seal) {
    auto text = read_text_file(head_file_of(record), max_head);
    if (!text && text.error() == ENOENT)
        return std::optional<Head>();
    const auto broken = [&](const std::string& why) {
        return fail(Reason::audit_broken, head_file_of(record).string() + ": " + why);
    };
    if (!text)
        return broken(std::strerror(text.error()));
    if (text->size() > max_head)
        return broken("too large for a head");
    while (text->ends_with('\n'))
        text->pop_back();
    auto head = open_head(*text, seal);
    if (!head)
        return broken(head.error().detail);
    return std::optional(std::move(*head));
}

Result<void> write_head(const std::filesystem::path& record, std::string_view jws) {
    return replace_file(head_file_of(record), std::string(jws) + '\n', Reason::audit_unwritable);
}

} // namespace kaomon::audit
