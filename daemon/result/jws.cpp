#include "daemon/result/jws.hpp"

#include "daemon/result/base64url.hpp"
#include "daemon/result/ed25519.hpp"

#include <boost/json.hpp>

#include <optional>

namespace kaomon::result {
namespace {

namespace json = boost::json;

constexpr std::size_t max_jws = 64 * 1024;     // the socket's message limit
constexpr std::size_t max_jwk_set = 64 * 1024; // some 300 keys
constexpr std::int64_t leeway = 60;            // seconds between the clocks of device and caller

std::unexpected<Failure> refuse(std::string detail) {
    return fail(Reason::result_invalid, std::move(detail));
}

std::string_view text_of(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::optional<json::value> parse(std::string_view text) {
    json::error_code damaged;
    json::parse_options options;
    options.max_depth = 4;
    json::value parsed = json::parse(text, damaged, {}, options);
    if (damaged)
        return std::nullopt;
    return parsed;
}

bool says(const json::object& object, std::string_view name, std::string_view expected) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() && std::string_view(value->get_string()) == expected;
}

struct Parts {
    std::string_view header, claims, signature, signed_text;
};

std::optional<Parts> split(std::string_view jws) {
    const auto first = jws.find('.');
    const auto second = first == jws.npos ? jws.npos : jws.find('.', first + 1);
    if (second == jws.npos || jws.find('.', second + 1) != jws.npos)
        return std::nullopt;
    return Parts{jws.substr(0, first), jws.substr(first + 1, second - first - 1), jws.substr(second + 1),
                 jws.substr(0, second)};
}

// The key's id, if the header is exactly ours: with one algorithm, one type and no further member there is
// nothing an attacker could steer ("alg":"none", an embedded key, "crit").
Result<std::string> key_id_of(std::string_view encoded, std::string_view type) {
    const auto raw = from_base64url(encoded);
    const auto header = raw ? parse(text_of(*raw)) : std::nullopt;
    if (!header || !header->is_object())
        return refuse("header is not a JSON object in base64url");
    const json::object& object = header->get_object();
    if (!says(object, "alg", "EdDSA"))
        return refuse("algorithm is not EdDSA");
    if (!says(object, "typ", type))
        return refuse(type == result_type ? "not a Kaomon result" : "of another type");
    const json::value* kid = object.if_contains("kid");
    if (kid == nullptr || !kid->is_string() || object.size() != 3)
        return refuse("header is not alg, typ and kid");
    return std::string(kid->get_string());
}

Result<PublicKey> find_key(std::string_view jwk_set, std::string_view key_id) {
    const auto parsed = jwk_set.size() <= max_jwk_set ? parse(jwk_set) : std::nullopt;
    const json::value* keys =
        parsed && parsed->is_object() ? parsed->get_object().if_contains("keys") : nullptr;
    if (keys == nullptr || !keys->is_array())
        return refuse("the keys are not a JWK set");
    for (const json::value& entry : keys->get_array()) {
        if (!entry.is_object() || !says(entry.get_object(), "kid", key_id))
            continue;
        const json::object& key = entry.get_object();
        const bool fits = says(key, "kty", "OKP") && says(key, "crv", "Ed25519") &&
                          (!key.contains("alg") || says(key, "alg", "EdDSA")) &&
                          (!key.contains("use") || says(key, "use", "sig"));
        const json::value* x = key.if_contains("x");
        const auto raw =
            fits && x != nullptr && x->is_string() ? from_base64url(x->get_string()) : std::nullopt;
        PublicKey found;
        if (!raw || raw->size() != found.size())
            return refuse("the key of that id is not an Ed25519 signing key");
        std::ranges::copy(*raw, found.begin());
        return found;
    }
    return refuse("no key of that id is known");
}

} // namespace

Result<std::string> open_jws(std::string_view jws, std::string_view jwk_set, std::string_view type) {
    if (jws.size() > max_jws)
        return refuse("larger than any result");
    const auto parts = split(jws);
    if (!parts)
        return refuse("not three parts");
    const auto key_id = key_id_of(parts->header, type);
    if (!key_id)
        return std::unexpected(key_id.error());
    const auto key = find_key(jwk_set, *key_id);
    if (!key)
        return std::unexpected(key.error());
    const auto signature = from_base64url(parts->signature);
    if (!signature || !verify(*key, parts->signed_text, *signature))
        return refuse("the signature does not verify");
    const auto raw = from_base64url(parts->claims);
    if (!raw)
        return refuse("claims are not base64url");
    return std::string(text_of(*raw));
}

Result<Claims> check(std::string_view jws, std::string_view jwk_set, const Expectation& expected) {
    const auto signed_text = open_jws(jws, jwk_set, result_type);
    if (!signed_text)
        return std::unexpected(signed_text.error());
    auto claims = claims_from_json(*signed_text);
    if (!claims)
        return claims;
    if (claims->exp <= claims->iat)
        return refuse("expires before it was issued");
    if (claims->iat - leeway > expected.now)
        return refuse("issued in the future");
    if (claims->exp + leeway < expected.now)
        return refuse("expired");
    if (!expected.nonce.empty() && claims->nonce != expected.nonce)
        return refuse("made for another nonce");
    if (expected.audience && claims->aud != *expected.audience)
        return refuse(claims->aud.empty() ? "made for no audience" : "made for another audience");
    return claims;
}

} // namespace kaomon::result
