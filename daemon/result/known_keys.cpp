#include "daemon/result/known_keys.hpp"

#include "daemon/result/base64url.hpp"
#include "drivers/base/durable_file.hpp"
#include "drivers/base/text_file.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace kaomon::result {
namespace {

namespace json = boost::json;

constexpr std::size_t max_bytes = 64 * 1024;

std::unexpected<Failure> refuse(std::string why) {
    return fail(Reason::key_unreadable, std::move(why));
}

json::object jwk(const KnownKey& one) {
    return {{"kty", "OKP"}, {"crv", "Ed25519"},           {"alg", "EdDSA"},
            {"use", "sig"}, {"kid", thumbprint(one.key)}, {"x", to_base64url(ByteView(one.key))}};
}

std::string set_of(const std::vector<KnownKey>& keys, bool with_retired) {
    json::array entries;
    for (const auto& one : keys)
        if (with_retired || one.state != KeyState::retired)
            entries.emplace_back(jwk(one));
    return json::serialize(json::object{{"keys", std::move(entries)}});
}

std::string_view text_at(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                  : std::string_view();
}

std::optional<KnownKey> read_key(const json::value& entry) {
    const json::object* object = entry.if_object();
    if (object == nullptr)
        return std::nullopt;
    const auto state = from_word<KeyState>(text_at(*object, "state"));
    const auto raw = from_base64url(text_at(*object, "x"));
    KnownKey key;
    if (!state || !raw || raw->size() != key.key.size())
        return std::nullopt;
    std::ranges::copy(*raw, key.key.begin());
    key.state = *state;
    return text_at(*object, "kid") == thumbprint(key.key) ? std::optional(key) : std::nullopt;
}

} // namespace

Result<KnownKeys> KnownKeys::from_json(std::string_view text) {
    json::error_code damaged;
    json::parse_options options;
    options.max_depth = 4;
    const json::value parsed =
        text.size() <= max_bytes ? json::parse(text, damaged, {}, options) : json::value();
    const json::value* list =
        !damaged && parsed.is_object() ? parsed.get_object().if_contains("keys") : nullptr;
    if (list == nullptr || !list->is_array() || list->get_array().size() > most)
        return refuse("not a list of public keys");
    KnownKeys known;
    for (const json::value& entry : list->get_array()) {
        const auto key = read_key(entry);
        if (!key || known.find(key->key) != nullptr)
            return refuse("public key " + std::to_string(known.keys_.size() + 1) + " is damaged or doubled");
        if (key->state == KeyState::signs && !known.keys_.empty())
            return refuse("the key that signs is not the first one");
        known.keys_.push_back(*key);
    }
    return known;
}

Result<KnownKeys> KnownKeys::load(const std::filesystem::path& file) {
    const auto text = read_text_file(file, max_bytes);
    if (!text && text.error() == ENOENT)
        return KnownKeys();
    if (!text)
        return refuse(file.string() + ": " + std::strerror(text.error()));
    auto known = from_json(*text);
    if (!known)
        return refuse(file.string() + ": " + known.error().detail);
    return known;
}

Result<void> KnownKeys::save(const std::filesystem::path& file) const {
    return replace_file(file, to_json() + '\n', Reason::key_unreadable);
}

std::string KnownKeys::to_json() const {
    json::array entries;
    for (const auto& one : keys_) {
        json::object entry = jwk(one);
        entry["state"] = word(one.state);
        entries.emplace_back(std::move(entry));
    }
    return json::serialize(json::object{{"keys", std::move(entries)}});
}

std::string KnownKeys::jwk_set() const {
    return set_of(keys_, false);
}
std::string KnownKeys::jwk_set_with_retired() const {
    return set_of(keys_, true);
}

const KnownKey* KnownKeys::find(const PublicKey& key) const {
    const auto found = std::ranges::find(keys_, key, &KnownKey::key);
    return found == keys_.end() ? nullptr : &*found;
}

const KnownKey* KnownKeys::find(std::string_view key_id) const {
    const auto found =
        std::ranges::find_if(keys_, [&](const KnownKey& one) { return thumbprint(one.key) == key_id; });
    return found == keys_.end() ? nullptr : &*found;
}

bool KnownKeys::now_signs(const PublicKey& key) {
    if (!keys_.empty() && keys_.front() == KnownKey{key, KeyState::signs})
        return false;
    if (!keys_.empty() && keys_.front().state == KeyState::signs)
        keys_.front().state = KeyState::published;
    std::erase_if(keys_, [&](const KnownKey& one) { return one.key == key; });
    keys_.insert(keys_.begin(), {key, KeyState::signs});
    if (keys_.size() > most)
        keys_.pop_back();
    return true;
}

bool KnownKeys::withdraw_announced() {
    return std::erase_if(keys_, [](const KnownKey& one) { return one.state == KeyState::announced; }) != 0;
}

bool KnownKeys::announce(const PublicKey& key) {
    const KnownKey* known = find(key);
    if (known != nullptr)
        return false;
    withdraw_announced();
    keys_.insert(keys_.begin() + (keys_.empty() ? 0 : 1), {key, KeyState::announced});
    if (keys_.size() > most)
        keys_.pop_back();
    return true;
}

Result<void> KnownKeys::retire(std::string_view key_id) {
    for (KnownKey& one : keys_) {
        if (thumbprint(one.key) != key_id)
            continue;
        if (one.state != KeyState::published)
            return fail(Reason::parameter_invalid,
                        "only a published key can be retired, this one is: " + std::string(word(one.state)));
        one.state = KeyState::retired;
        return {};
    }
    return fail(Reason::parameter_invalid, "no key of that id is known");
}

} // namespace kaomon::result
