#include "daemon/result/claims.hpp"

#include <boost/json.hpp>

namespace kaomon::result {
namespace {

namespace json = boost::json;

constexpr std::size_t max_bytes = 32 * 1024;          // our own are near 1 kB
constexpr std::size_t max_items = 64;                 // in any list
constexpr std::int64_t last_second = 253'402'300'799; // end of the year 9999

// Reads members of one object; the first thing missing or wrong is kept and everything after it yields
// defaults.
class Members {
  public:
    Members(const json::value* value, std::string where, std::string& wrong)
        : object_(value != nullptr ? value->if_object() : nullptr), where_(std::move(where)), wrong_(wrong) {
        if (object_ == nullptr)
            note("");
    }

    std::string text(const char* name) {
        const json::value* value = find(name);
        const auto* string = value != nullptr ? value->if_string() : nullptr;
        if (string == nullptr)
            note(name);
        return string != nullptr ? std::string(*string) : std::string();
    }
    template<Worded E>
    void word(const char* name, E& value) {
        if (const auto known = from_word<E>(text(name)))
            value = *known;
        else
            note(name);
    }
    // What another combination would prove is not known here: it is wrong.
    void amr(const char* name, Method& method) {
        const auto said = texts(name);
        if (const auto known = method_of_amr(std::vector<std::string_view>(said.begin(), said.end())))
            method = *known;
        else
            note(name);
    }
    std::int64_t time(const char* name) {
        const json::value* value = find(name);
        const auto* number = value != nullptr ? value->if_int64() : nullptr;
        if (number == nullptr || *number < 0 || *number > last_second) {
            note(name);
            return 0;
        }
        return *number;
    }
    std::int64_t sequence(const char* name) {
        const json::value* value = find(name);
        const auto* number = value != nullptr ? value->if_int64() : nullptr;
        if (number == nullptr || *number < 1)
            note(name);
        return number != nullptr ? *number : 0;
    }
    double rate(const char* name) {
        const json::value* value = find(name);
        const double number = value != nullptr && value->is_number() ? value->to_number<double>() : -1;
        if (!(number >= 0 && number <= 1))
            note(name);
        return number;
    }
    const json::array& list(const char* name) {
        static const json::array none;
        const json::value* value = find(name);
        const auto* array = value != nullptr ? value->if_array() : nullptr;
        if (array == nullptr || array->size() > max_items) {
            note(name);
            return none;
        }
        return *array;
    }
    std::vector<std::string> texts(const char* name) {
        std::vector<std::string> found;
        for (const json::value& one : list(name)) {
            if (const auto* text = one.if_string())
                found.emplace_back(*text);
            else
                note(name);
        }
        return found;
    }
    const json::value* find(const char* name) const {
        return object_ != nullptr ? object_->if_contains(name) : nullptr;
    }
    void note(const char* name) {
        if (wrong_.empty())
            wrong_ = "claim " + where_ + name + " is missing or wrong";
    }

  private:
    const json::object* object_;
    std::string where_;
    std::string& wrong_;
};

void read_subject(Members& top, Claims& claims, std::string& wrong) {
    if (const json::value* subject = top.find("subject"); subject != nullptr && !subject->is_null()) {
        Members entry(subject, "subject.", wrong);
        auto& claim = claims.subject.emplace();
        entry.word("kind", claim.kind);
        claim.reference = entry.text("reference");
        if (entry.find("previous") != nullptr)
            claim.previous = entry.text("previous");
    }
    if (const json::value* expected = top.find("expected"); expected != nullptr && !expected->is_null()) {
        Members entry(expected, "expected.", wrong);
        auto& claim = claims.expected.emplace();
        if (entry.find("birth_date") != nullptr)
            entry.word("birth_date", claim.birth_date.emplace());
        if (entry.find("reference") != nullptr)
            entry.word("reference", claim.reference.emplace());
    }
}

// Claims that a later version added: an older result has none of them.
void read_request(Members& top, Claims& claims, std::string& wrong) {
    if (top.find("aud") != nullptr) {
        claims.aud = top.text("aud");
        if (claims.aud.empty())
            top.note("aud");
    }
    if (const json::value* purpose = top.find("purpose")) {
        Members entry(purpose, "purpose.", wrong);
        claims.purpose = {entry.text("word"),
                          entry.find("sentence") != nullptr ? entry.text("sentence") : std::string()};
        if (claims.purpose.word.empty())
            entry.note("word");
    }
    const json::value* attributes = top.find("attributes");
    if (attributes == nullptr)
        return;
    Members entry(attributes, "attributes.", wrong);
    auto& claim = claims.attributes.emplace();
    Members values(entry.find("values"), "attributes.values.", wrong);
    for (const Attribute one : kaomon::values<Attribute>()) {
        if (values.find(word(one).data()) != nullptr)
            claim.values.emplace_back(one, values.text(word(one).data()));
    }
    if (entry.find("withheld") != nullptr)
        claim.withheld = entry.text("withheld");
    if (entry.find("consent") != nullptr)
        entry.word("consent", claim.consent.emplace());
    if (entry.find("staff") != nullptr)
        claim.staff = entry.text("staff");
}

void read_later_claims(Members& top, Claims& claims, std::string& wrong) {
    top.word("revocation", claims.revocation);
    const json::value* visual_check = top.find("visual_check");
    if (visual_check != nullptr && !visual_check->is_null()) {
        Members entry(visual_check, "visual_check.", wrong);
        auto& claim = claims.visual_check.emplace();
        claim.staff = entry.text("staff");
        entry.word("reason", claim.reason);
        claim.time = entry.time("time");
    }
    for (const auto& one : top.list("earlier")) {
        Members entry(&one, "earlier.", wrong);
        auto& claim = claims.earlier.emplace_back();
        entry.word("method", claim.method);
        claim.reason = entry.text("reason");
    }
    claims.suspicion = top.texts("suspicion");
    for (const auto& one : top.list("warnings")) {
        Members entry(&one, "warnings.", wrong);
        claims.warnings.push_back(
            {entry.text("reason"), entry.find("day") != nullptr ? entry.text("day") : std::string()});
    }
    if (const json::value* audit = top.find("audit"); audit != nullptr && !audit->is_null()) {
        Members entry(audit, "audit.", wrong);
        auto& claim = claims.audit.emplace();
        claim.sequence = entry.sequence("sequence");
        claim.previous = entry.text("previous");
    }
    read_subject(top, claims, wrong);
    read_request(top, claims, wrong);
}

} // namespace

Result<Claims> claims_from_json(std::string_view text) {
    if (text.size() > max_bytes)
        return fail(Reason::result_invalid, "claims are too large");
    json::error_code damaged;
    json::parse_options options;
    options.max_depth = 4;
    const json::value parsed = json::parse(text, damaged, {}, options);
    if (damaged)
        return fail(Reason::result_invalid, "claims are not JSON");

    std::string wrong;
    Members top(&parsed, "", wrong);
    Claims claims;
    claims.iss = top.text("iss");
    claims.nonce = top.text("nonce");
    claims.iat = top.time("iat");
    claims.exp = top.time("exp");
    claims.jti = top.text("jti");
    top.word("decision", claims.decision);
    top.amr("amr", claims.method);
    claims.reason = top.text("reason");
    Members genuineness(top.find("genuineness"), "genuineness.", wrong);
    genuineness.word("signature", claims.signature);
    genuineness.word("chip", claims.chip);
    for (const auto& one : top.list("liveness")) {
        Members entry(&one, "liveness.", wrong);
        auto& claim = claims.liveness.emplace_back();
        claim.kind = entry.text("kind");
        entry.word("outcome", claim.outcome);
    }
    const json::value* compared = top.find("policy");
    if (compared == nullptr || !compared->is_null()) {
        Members policy(compared, "policy.", wrong);
        claims.policy = {policy.text("name"), policy.rate("false_match_rate"), policy.text("evidence")};
        if (claims.policy.name.empty())
            policy.note("name");
    }
    for (const auto& one : top.list("models")) {
        Members entry(&one, "models.", wrong);
        claims.models.push_back({entry.text("name"), entry.text("sha256")});
    }
    claims.simulated = top.texts("simulated");
    if (top.find("revocation") != nullptr) // older results end here
        read_later_claims(top, claims, wrong);
    if (!wrong.empty())
        return fail(Reason::result_invalid, wrong);
    return claims;
}

} // namespace kaomon::result
