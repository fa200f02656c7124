// The card's part of a visit (drivers/card/README.md lists its commands), one step a call, without a thread:
// a session's card thread, the rehearsal and the tests take the same steps.
#pragma once

#include "daemon/visit/card_event.hpp"
#include "drivers/card/mynumber/card_digest.hpp"
#include "drivers/card/mynumber/free_data.hpp"
#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/sign_in_trust.hpp"

#include <functional>
#include <memory>
#include <span>

namespace kaomon::visit {

// What a desk demands of a card, and by which keys it proves one.
struct CardPolicy {
    card::mynumber::MinTries min_tries;
    card::mynumber::TrustStore trust;          // of record signers
    card::mynumber::SignInTrust sign_in_trust; // of sign-in certificates
    std::function<Date()> today;               // thread-safe
    std::function<std::int64_t()> now;         // seconds since 1970, UTC; thread-safe
    card::mynumber::IdempotencyLedger ledger{};
    card::mynumber::CardDigestKey digests{};  // by which a card is known again
    card::mynumber::SubjectSecret subjects{}; // by which the clinic's desks name it
    bool renamed = false; // that secret was made anew: every card has another reference than before
};

// Thread-bound to the reader's thread. The reader outlives it. What a library throws (OpenSSL without memory)
// passes through; failed() then ends the card's part.
class CardPart {
  public:
    CardPart(card::Reader& reader, CardPolicy policy);

    // `expected_birth`: of the person the caller expects; another one's card fails with
    // other_person_expected, without a try where the number tells it already. `with_pin`: a PIN may be asked
    // for, so its tries are read beforehand.
    void begin(std::optional<Date> expected_birth = {}, bool with_pin = false);
    bool under_way() const noexcept { return under_way_; }
    // Lets go of the card (reset).
    void end();

    // What the reader shows now, visit or not. A card that is not there any more is let go of.
    void reader_changed(const card::ReaderState& now);
    const card::ReaderState& reader_state() const noexcept { return state_; }

    // A card lies there that this visit has not met: its free data. The hold stays, for the number. The same
    // one that comes back is CardBack: a number that a person then keys in is a VERIFY of its own. Another
    // one is a failure. Otherwise nothing.
    std::optional<CardEvent> meet_card();
    // A person is being waited for: meanwhile other programs may have the card.
    void rest() noexcept { card_.reset(); }
    // One wrong secret a tap: until the card was lifted the next one is refused with card_lift_first and not
    // sent. The number against the free data, one guarded VERIFY, the photo record, the chip's answer; of a
    // genuine card the attributes that are `wanted`, too. Then the card is let go of: nothing more is asked
    // of it.
    CardEvent read_record(const card::mynumber::AccessParts& parts, card::mynumber::IdempotencyKey key,
                          std::span<const Attribute> wanted = {});
    // The certificate first, which costs nothing; then one VERIFY, then our nonce. Of the card that lay there
    // when the visit's free data were read; it is not read again.
    CardEvent sign_in(const card::mynumber::Pin& pin, card::mynumber::IdempotencyKey key);
    // Lets go of the card. The free data stay for as long as it lies there: a PIN may follow.
    CardEvent failed(const Failure& why);

  private:
    Result<card::mynumber::Verified> verify(const auto& secret, card::mynumber::IdempotencyKey key,
                                            const auto&... generation);
    std::optional<card::mynumber::SubjectReference>
    sign_in_subject(const card::mynumber::FreeData& data) const;
    std::vector<card::mynumber::CardDigest> known_by(const card::mynumber::FreeData& data) const;
    Result<card::mynumber::Attributes> read_attributes(const card::mynumber::AccessNumber& number,
                                                       card::mynumber::IdempotencyKey key,
                                                       ByteView birth_and_sex,
                                                       std::span<const Attribute> wanted);
    std::optional<CardEvent> meet_again(); // its free data are known
    Result<void> hold_again();
    CardEvent number_refused(const Failure& why, std::optional<std::uint8_t> tries_left);
    CardEvent pin_refused(const Failure& why, std::optional<std::uint8_t> tries_left);

    card::Reader& reader_;
    CardPolicy policy_;
    card::mynumber::Guard guard_;
    card::ReaderState state_;
    bool under_way_ = false;
    std::uint64_t met_tap_ = 0;   // the tap that was met already in this visit
    std::uint64_t wrong_tap_ = 0; // the tap that has had a wrong secret, in this visit or before
    std::unique_ptr<card::CardTransaction> card_;
    std::optional<card::mynumber::FreeData> free_data_; // of the card that lies there
    std::optional<Date> expected_birth_;
    bool with_pin_ = false;
    SecretBytes met_card_; // the card information of the card that this visit is about; empty: none yet
};

} // namespace kaomon::visit
