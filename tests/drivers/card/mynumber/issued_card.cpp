#include "tests/drivers/card/mynumber/issued_card.hpp"

#include "drivers/card/simulated/portrait.hpp"

#include <map>
#include <stdexcept>

namespace kaomon::test {
namespace {

namespace simulated = card::simulated;

const simulated::Authority& authority() {
    static const simulated::Authority made = simulated::Authority::generate().value();
    return made;
}

card::mynumber::TrustStore store_of(std::string_view toml) {
    card::mynumber::TrustStore store;
    const auto keys = card::mynumber::parse_trust_file(toml, "issuer").value();
    for (const auto& key : keys)
        store.add(key);
    return store;
}

} // namespace

simulated::Holder holder() {
    simulated::Holder person;
    person.birth_date = {std::chrono::year(1980), std::chrono::February, std::chrono::day(17)};
    person.card_expiry = {std::chrono::year(2035), std::chrono::February, std::chrono::day(17)};
    person.security_code = "2285";
    simulated::complete(person, today, 1);
    return person;
}

Image grey_portrait() {
    Image image{simulated::portrait_width, simulated::portrait_height, 1, {}};
    image.pixels.resize(image.stride() * static_cast<std::size_t>(image.height));
    for (std::size_t i = 0; i < image.pixels.size(); ++i)
        image.pixels[i] = static_cast<std::uint8_t>(i / 300);
    return image;
}

const simulated::CardOfAKind& of_kind(std::string_view word) {
    static std::map<std::string, simulated::CardOfAKind, std::less<>> cards;
    auto found = cards.find(word);
    if (found == cards.end()) {
        simulated::CardOptions options;
        options.key_seed = 1;
        auto made = simulated::issue_kind(word, holder(), grey_portrait(), today, options);
        if (!made)
            throw std::runtime_error("no simulated card: " + made.error().detail);
        found = cards.emplace(word, std::move(*made)).first;
    }
    return found->second;
}

card::mynumber::TrustStore trust_of(const simulated::CardOfAKind& card) {
    return store_of(card.trust);
}

const simulated::IssuedCard& issued(simulated::Forgery forgery) {
    static std::map<simulated::Forgery, simulated::IssuedCard> cards;
    auto found = cards.find(forgery);
    if (found == cards.end()) {
        simulated::CardOptions options;
        options.forgery = forgery;
        auto made = simulated::issue(authority(), holder(), grey_portrait(), today, options);
        if (!made)
            throw std::runtime_error("no simulated card: " + made.error().detail);
        found = cards.emplace(forgery, std::move(*made)).first;
    }
    return found->second;
}

simulated::IssuedCard issued_with(const simulated::CardOptions& options) {
    auto made = simulated::issue(authority(), holder(), grey_portrait(), today, options);
    if (!made)
        throw std::runtime_error("no simulated card: " + made.error().detail);
    return std::move(*made);
}

card::mynumber::TrustStore trust() {
    return store_of(authority().trust_file());
}

Result<SecretBytes> HeldCard::transmit(ByteView command) {
    const bool pulled = pulled_at >= 0 && sent >= pulled_at;
    const bool leaves_now = sent == pulled_at;
    ++sent;
    if (pulled && (pulled_before || !leaves_now))
        return fail(Reason::card_removed, "pulled by the test");
    if (command.size() > 4 && command[1] == 0x20)
        ++verifies;
    SecretBytes answer = card_.answer(command);
    if (pulled)
        return fail(Reason::card_removed, "pulled by the test");
    if (meddle)
        meddle(answer);
    return answer;
}

} // namespace kaomon::test
