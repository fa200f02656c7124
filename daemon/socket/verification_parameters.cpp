// org.kaomon.Verification: what a call holds, as the desk takes it.
#include "daemon/socket/verification_parameters.hpp"

#include "daemon/socket/plain.hpp"
#include "drivers/base/utf8.hpp"
#include "drivers/card/mynumber/date.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace kaomon::socket {
namespace {

namespace json = boost::json;

// The ranges that proto/org.kaomon.Verification.varlink tells.
constexpr std::size_t shortest_nonce = 16, longest_nonce = 128; // characters; 16 of base64url are 96 bits
constexpr std::int64_t longest_deadline = 86'400'000; // milliseconds, a day; the session draws the real line
constexpr std::size_t most_methods = 8;
constexpr std::chrono::year earliest_birth{1850};
constexpr std::size_t longest_purpose = 32;                                        // characters of its word
constexpr std::size_t longest_sentence = 240;                                      // bytes of UTF-8
constexpr std::size_t reference_length = 22;                                       // characters: 16 bytes
constexpr std::size_t shortest_idempotency_key = 8, longest_idempotency_key = 128; // characters

// Absent and null are the same.
const json::value* given(const json::object& parameters, std::string_view name) {
    const json::value* found = parameters.if_contains(name);
    return found == nullptr || found->is_null() ? nullptr : found;
}

std::string_view text_of(const json::value& value) {
    return value.get_string();
}

bool is_base64url(std::string_view text) {
    return std::ranges::all_of(text, [](char one) {
        return (one >= '0' && one <= '9') || (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') ||
               one == '-' || one == '_';
    });
}

// YYYY-MM-DD, a day of the calendar.
std::optional<Date> date_of(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto digits = std::string(text.substr(0, 4)).append(text.substr(5, 2)).append(text.substr(8, 2));
    const auto date =
        card::mynumber::read_date({reinterpret_cast<const std::uint8_t*>(digits.data()), digits.size()});
    return date && date->year() >= earliest_birth ? date : std::nullopt;
}

card::mynumber::AccessParts access_of(const json::value& given_number) {
    const json::object& fields = given_number.get_object();
    card::mynumber::AccessParts parts;
    if (const auto* number = given(fields, "number"))
        parts.number.emplace(text_of(*number));
    if (const auto* year = given(fields, "era_year"))
        parts.era_year.emplace(text_of(*year));
    if (const auto* code = given(fields, "security_code"))
        parts.security_code.emplace(text_of(*code));
    if (const auto* compared = given(fields, "compared"))
        parts.compared = compared->get_bool();
    return parts;
}

// The name of the member that is out of range.
std::expected<session::Consent, std::string_view> consent_of(const json::object& fields) {
    session::Consent consent;
    consent.given = fields.at("given").get_bool();
    if (const auto* staff = given(fields, "staff")) {
        consent.staff = text_of(*staff);
        if (!is_plain(consent.staff, 1, longest_name))
            return std::unexpected("consent.staff");
    }
    return consent;
}

// The name of the member that is out of range.
std::expected<session::Expectation, std::string_view> expectation_of(const json::object& fields) {
    session::Expectation expect;
    if (const auto* day = given(fields, "birth_date")) {
        expect.birth_date = date_of(text_of(*day));
        if (!expect.birth_date)
            return std::unexpected("expect.birth_date");
    }
    if (const auto* reference = given(fields, "reference")) {
        expect.reference = text_of(*reference);
        if (expect.reference.size() != reference_length || !is_base64url(expect.reference))
            return std::unexpected("expect.reference");
    }
    if (const auto* kind = given(fields, "kind"))
        expect.kind = from_word<SubjectKind>(text_of(*kind)).value_or(expect.kind); // the schema knows them
    return expect;
}

// The name of the member that is out of range.
std::expected<session::Purpose, std::string_view> purpose_of(const json::object& fields) {
    session::Purpose purpose;
    purpose.word = text_of(fields.at("word"));
    if (!is_plain(purpose.word, 1, longest_purpose))
        return std::unexpected("purpose.word");
    if (const auto* sentence = given(fields, "sentence")) {
        purpose.sentence = text_of(*sentence);
        if (purpose.sentence.size() > longest_sentence || !is_plain_utf8(purpose.sentence))
            return std::unexpected("purpose.sentence");
    }
    return purpose;
}

// Empty where one of them is not known to this device.
template<Worded E>
std::optional<std::vector<E>> words_in(const json::array& list) {
    std::vector<E> found;
    for (const json::value& one : list) {
        const auto known = from_word<E>(text_of(one));
        if (!known)
            return std::nullopt;
        found.push_back(*known);
    }
    return found;
}

} // namespace

std::expected<session::Provision, std::string_view> provision_of(const json::object& parameters) {
    session::Provision provision;
    provision.idempotency_key = text_of(parameters.at("idempotency_key"));
    if (!is_plain(provision.idempotency_key, shortest_idempotency_key, longest_idempotency_key))
        return std::unexpected("idempotency_key");
    if (const auto* access_number = given(parameters, "access_number"))
        provision.access_number = access_of(*access_number);
    if (const auto* pin = given(parameters, "pin"))
        provision.pin.emplace(text_of(*pin));
    if (const auto* visual_check = given(parameters, "visual_check")) {
        const json::object& fields = visual_check->get_object();
        provision.visual_check.emplace();
        provision.visual_check->staff = text_of(fields.at("staff"));
        const auto reason = from_word<VisualCheckReason>(text_of(fields.at("reason")));
        if (!reason)
            return std::unexpected("visual_check.reason");
        provision.visual_check->reason = *reason;
        provision.visual_check->confirmed = fields.at("confirmed").get_bool();
        if (!is_plain(provision.visual_check->staff, 1, longest_name))
            return std::unexpected("visual_check.staff");
    }
    if (const auto* answer = given(parameters, "consent")) {
        auto consent = consent_of(answer->get_object());
        if (!consent)
            return std::unexpected(consent.error());
        provision.consent = std::move(*consent);
    }
    return provision;
}

std::expected<session::Request, std::string_view> request_of(const json::object& parameters,
                                                             const session::Caller& caller) {
    session::Request request;
    request.caller = caller;
    request.nonce = text_of(parameters.at("nonce"));
    if (!is_plain(request.nonce, shortest_nonce, longest_nonce))
        return std::unexpected("nonce");
    if (const auto* methods = given(parameters, "methods")) {
        const json::array& list = methods->get_array();
        if (list.empty() || list.size() > most_methods)
            return std::unexpected("methods");
    }
    if (const auto* access_number = given(parameters, "access_number"))
        request.access_number = access_of(*access_number);
    if (const auto* idempotency_key = given(parameters, "idempotency_key")) {
        request.idempotency_key = text_of(*idempotency_key);
        if (!is_plain(request.idempotency_key, shortest_idempotency_key, longest_idempotency_key))
            return std::unexpected("idempotency_key");
    }
    if (const auto* expect = given(parameters, "expect")) {
        auto whom = expectation_of(expect->get_object());
        if (!whom)
            return std::unexpected(whom.error());
        request.expect = std::move(*whom);
    }
    if (const auto* list = given(parameters, "attributes")) {
        auto wanted = words_in<Attribute>(list->get_array());
        const auto twice = [&](Attribute one) { return std::ranges::count(*wanted, one) > 1; };
        if (!wanted || std::ranges::any_of(*wanted, twice))
            return std::unexpected("attributes");
        request.attributes = std::move(*wanted);
    }
    if (const auto* told = given(parameters, "purpose")) {
        auto purpose = purpose_of(told->get_object());
        if (!purpose)
            return std::unexpected(purpose.error());
        request.purpose = std::move(*purpose);
    }
    if (const auto* deadline = given(parameters, "deadline_ms")) {
        const std::int64_t wanted = deadline->get_int64();
        if (wanted < 1 || wanted > longest_deadline)
            return std::unexpected("deadline_ms");
        request.deadline = Milliseconds(wanted);
    }
    return request;
}

std::optional<std::vector<kaomon::Method>> methods_of(const json::object& parameters) {
    const auto* list = given(parameters, "methods");
    return list != nullptr ? words_in<kaomon::Method>(list->get_array()) : std::vector<kaomon::Method>();
}

} // namespace kaomon::socket
