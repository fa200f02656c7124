#include "daemon/audit/record.hpp"

namespace kaomon::audit {
namespace {

// A JSON string of plain ASCII: our words and ids are nothing else, and whatever else comes stays one
// harmless line.
std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char character : text) {
        const auto code = static_cast<unsigned char>(character);
        if (code < 0x20 || code > 0x7E || code == '"' || code == '\\') {
            constexpr char digits[] = "0123456789abcdef";
            out.append("\\u00").append(1, digits[code >> 4]).append(1, digits[code & 15]);
        } else {
            out.push_back(character);
        }
    }
    return out + '"';
}

void add(std::string& text, std::string_view name, std::string_view value) {
    text.append(",\"").append(name).append("\":").append(json_string(value));
}

} // namespace

std::string members_of(const Record& record) {
    std::string text;
    for (const auto& [name, value] : {std::pair<const char*, const std::string&>{"session", record.session},
                                      {"caller", record.caller},
                                      {"decision", record.decision},
                                      {"method", record.method},
                                      {"reason", record.reason},
                                      {"signature", record.signature},
                                      {"chip", record.chip},
                                      {"policy", record.policy},
                                      {"result_sha256", record.result_sha256},
                                      {"simulated", record.simulated},
                                      {"staff", record.staff},
                                      {"staff_reason", record.staff_reason},
                                      {"earlier", record.earlier},
                                      {"suspicion", record.suspicion},
                                      {"audience", record.audience},
                                      {"purpose", record.purpose},
                                      {"attributes", record.attributes},
                                      {"consent", record.consent}})
        add(text, name, value);
    return text;
}

std::string members_of(const Event& event) {
    std::string text;
    add(text, "event", event.name);
    for (const auto& [name, value] : event.members)
        add(text, name, value);
    return text;
}

} // namespace kaomon::audit
