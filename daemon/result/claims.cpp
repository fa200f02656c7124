#include "daemon/result/claims.hpp"

#include <boost/json.hpp>

namespace kaomon::result {
namespace {

namespace json = boost::json;

json::array listed(const auto& words) {
    return json::array(words.begin(), words.end());
}

void add_subject(json::object& object, const Claims& claims) {
    object["subject"] = nullptr;
    if (const auto& claim = claims.subject) {
        json::object subject{{"kind", word(claim->kind)}, {"reference", claim->reference}};
        if (!claim->previous.empty())
            subject["previous"] = claim->previous;
        object["subject"] = std::move(subject);
    }
    if (const auto& claim = claims.expected) {
        json::object expected;
        if (claim->birth_date)
            expected["birth_date"] = word(*claim->birth_date);
        if (claim->reference)
            expected["reference"] = word(*claim->reference);
        object["expected"] = std::move(expected);
    }
}

void add_request(json::object& object, const Claims& claims) {
    if (!claims.aud.empty())
        object["aud"] = claims.aud;
    if (!claims.purpose.word.empty()) {
        json::object purpose{{"word", claims.purpose.word}};
        if (!claims.purpose.sentence.empty())
            purpose["sentence"] = claims.purpose.sentence;
        object["purpose"] = std::move(purpose);
    }
    if (const auto& claim = claims.attributes) {
        json::object values;
        for (const auto& [which, value] : claim->values)
            values[word(which)] = value;
        json::object attributes{{"values", std::move(values)}};
        if (!claim->withheld.empty())
            attributes["withheld"] = claim->withheld;
        if (claim->consent)
            attributes["consent"] = word(*claim->consent);
        if (!claim->staff.empty())
            attributes["staff"] = claim->staff;
        object["attributes"] = std::move(attributes);
    }
}

} // namespace

std::string to_json(const Claims& claims) {
    json::array liveness;
    for (const auto& one : claims.liveness)
        liveness.push_back({{"kind", one.kind}, {"outcome", word(one.outcome)}});
    json::array models;
    for (const auto& one : claims.models)
        models.push_back({{"name", one.name}, {"sha256", one.sha256}});
    json::value policy = nullptr; // nothing was compared: a rate of zero would be a boast
    if (!claims.policy.name.empty())
        policy = {{"name", claims.policy.name},
                  {"false_match_rate", claims.policy.false_match_rate},
                  {"evidence", claims.policy.evidence}};
    json::value visual_check = nullptr;
    if (const auto& claim = claims.visual_check)
        visual_check = {{"staff", claim->staff}, {"reason", word(claim->reason)}, {"time", claim->time}};
    json::array earlier;
    for (const auto& one : claims.earlier)
        earlier.push_back({{"method", word(one.method)}, {"reason", one.reason}});
    json::array warnings;
    for (const auto& one : claims.warnings) {
        json::object warning{{"reason", one.reason}};
        if (!one.day.empty())
            warning["day"] = one.day;
        warnings.push_back(std::move(warning));
    }
    json::object object{
        {"iss", claims.iss},
        {"nonce", claims.nonce},
        {"iat", claims.iat},
        {"exp", claims.exp},
        {"jti", claims.jti},
        {"decision", word(claims.decision)},
        {"amr", listed(amr_of(claims.method))},
        {"reason", claims.reason},
        {"genuineness", {{"signature", word(claims.signature)}, {"chip", word(claims.chip)}}},
        {"liveness", std::move(liveness)},
        {"policy", std::move(policy)},
        {"models", std::move(models)},
        {"simulated", listed(claims.simulated)},
        {"revocation", word(claims.revocation)},
        {"visual_check", std::move(visual_check)},
        {"earlier", std::move(earlier)},
        {"suspicion", listed(claims.suspicion)},
        {"warnings", std::move(warnings)},
    };
    if (claims.audit)
        object["audit"] = {{"sequence", claims.audit->sequence}, {"previous", claims.audit->previous}};
    add_subject(object, claims);
    add_request(object, claims);
    return json::serialize(object);
}

} // namespace kaomon::result
