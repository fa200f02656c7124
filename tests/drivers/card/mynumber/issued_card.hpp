// A simulated card of this process's own issuer, and the driver's view of it with every fault a test wants.
#pragma once

#include "drivers/card/mynumber/access_number.hpp"
#include "drivers/card/mynumber/trust_store.hpp"
#include "drivers/card/reader.hpp"
#include "drivers/card/simulated/card.hpp"
#include "drivers/card/simulated/kind.hpp"

#include <functional>
#include <string>

namespace kaomon::test {

inline constexpr Date today{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(23)};

// Issued once a process for each forgery (keys take a second to make). The holder is born on 17
// February 1980 (Showa 55), the card ends on 17 February 2035, the security code is 2285: the worked
// example of drivers/card/SPEC.md §6.
const card::simulated::IssuedCard& issued(card::simulated::Forgery forgery = card::simulated::Forgery::none);
inline constexpr std::string_view access_number = "55021720352285";
inline constexpr std::string_view pin = "1234";
// The same holder's card otherwise issued, made anew at every call.
card::simulated::IssuedCard issued_with(const card::simulated::CardOptions& options);
card::mynumber::TrustStore trust(); // knows the issuer
card::simulated::Holder holder();
Image grey_portrait();
// A card of each kind, issued once a process to the same holder with its own issuer; the keys are the same
// every time.
const card::simulated::CardOfAKind& of_kind(std::string_view word);
card::mynumber::TrustStore
trust_of(const card::simulated::CardOfAKind& card); // knows what its trust.toml says

inline card::mynumber::AccessParts number(std::string_view digits) {
    return {SecretText(digits), {}, {}};
}
inline card::mynumber::AccessParts parts(std::string_view year, std::string_view code) {
    return {{}, SecretText(year), SecretText(code)};
}

// Holds a simulated card as a transaction does: reset at the end. Thread-bound.
class HeldCard : public card::CardTransaction {
  public:
    explicit HeldCard(card::simulated::Card& card) : card_(card) {}
    ~HeldCard() override { card_.reset(); }

    Result<SecretBytes> transmit(ByteView command) override;
    ByteView atr() const noexcept override { return card_.atr(); }
    std::size_t read_block() const noexcept override { return block; }

    int sent = 0;              // commands
    int verifies = 0;          // VERIFY commands with a body
    int pulled_at = -1;        // the card leaves at this command (0 is the first) ...
    bool pulled_before = true; // ... before the command reaches it, or before its answer is here
    std::size_t block = 256;   // bytes
    std::function<void(SecretBytes&)> meddle; // with every answer

  private:
    card::simulated::Card& card_;
};

} // namespace kaomon::test
