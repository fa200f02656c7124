#include "daemon/visit/card_part.hpp"

#include "drivers/card/mynumber/birthday.hpp"
#include "drivers/card/mynumber/sign_in.hpp"

#include <utility>

namespace kaomon::visit {

namespace mynumber = card::mynumber;

namespace {

// A number that was refused; the visit goes on with another one. Anything else ends the card's part.
bool another_number_may_follow(Reason why) noexcept {
    const Leaves leaves = describe(why).leaves;
    return leaves == Leaves::another_number || leaves == Leaves::another_entry;
}

} // namespace

CardPart::CardPart(card::Reader& reader, CardPolicy policy)
    : reader_(reader), policy_(std::move(policy)), guard_(policy_.min_tries, std::move(policy_.ledger)) {}

void CardPart::begin(std::optional<Date> expected_birth, bool with_pin) {
    expected_birth_ = expected_birth;
    with_pin_ = with_pin;
    under_way_ = true;
    met_tap_ = 0;
    met_card_.clear();
    free_data_.reset();
}

void CardPart::end() {
    under_way_ = false;
    card_.reset();
    free_data_.reset();
    met_card_.clear();
}

void CardPart::reader_changed(const card::ReaderState& now) {
    const bool same_card = now.tap == state_.tap && now.condition == card::ReaderCondition::card_present;
    state_ = now;
    if (same_card)
        return;
    card_.reset();
    free_data_.reset();
}

std::optional<CardEvent> CardPart::meet_card() {
    if (!under_way_ || card_ || state_.condition != card::ReaderCondition::card_present ||
        state_.tap == met_tap_)
        return std::nullopt;
    met_tap_ = state_.tap; // one meeting a tap: the person puts the card down again for another
    auto opened = reader_.open();
    if (!opened)
        return failed(opened.error());
    card_ = std::move(*opened);
    auto free_data = mynumber::read_free_data(*card_, policy_.today(), with_pin_);
    if (!free_data)
        return failed(free_data.error());
    free_data_ = std::move(*free_data);
    if (!met_card_.empty())
        return meet_again();
    met_card_ = free_data_->card_information;
    return FreeDataRead{
        free_data_->tries_left,     mynumber::hierarchy_named_by(free_data_->signer_certificate),
        known_by(*free_data_),      mynumber::warnings_of(*free_data_, policy_.today()),
        state_.tap == wrong_tap_,   sign_in_subject(*free_data_),
        free_data_->pin_tries_left, free_data_->card_expiry};
}

std::optional<mynumber::SubjectReference> CardPart::sign_in_subject(const mynumber::FreeData& data) const {
    const auto& certificate = data.sign_in_certificate;
    if (policy_.sign_in_trust.check(certificate, policy_.now()).check != mynumber::Check::valid)
        return std::nullopt;
    return policy_.subjects.of(SubjectKind::sign_in_key, mynumber::public_key_of_certificate(certificate));
}

std::vector<mynumber::CardDigest> CardPart::known_by(const mynumber::FreeData& data) const {
    std::vector<mynumber::CardDigest> traits{
        policy_.digests.of(mynumber::CardTrait::card_information, data.card_information)};
    if (!data.sign_in_certificate.empty())
        traits.push_back(
            policy_.digests.of(mynumber::CardTrait::sign_in_certificate, data.sign_in_certificate));
    return traits;
}

std::optional<CardEvent> CardPart::meet_again() {
    if (free_data_->card_information != met_card_)
        return failed({Reason::card_changed, "another card lies there than at the start"});
    card_.reset();
    return CardBack{free_data_->tries_left};
}

Result<mynumber::Verified> CardPart::verify(const auto& secret, mynumber::IdempotencyKey key,
                                            const auto&... generation) {
    if (state_.tap == wrong_tap_)
        return fail(Reason::card_lift_first, "this tap has had a wrong number or PIN");
    auto verified = guard_.verify(*card_, secret, key, generation...);
    if (!verified && mynumber::is_wrong_secret(verified.error().reason))
        wrong_tap_ = state_.tap;
    return verified;
}

CardEvent CardPart::read_record(const mynumber::AccessParts& parts, mynumber::IdempotencyKey key,
                                std::span<const Attribute> wanted) {
    if (!free_data_)
        return failed({Reason::card_removed, "the card was taken away before its number came"});
    const auto number = mynumber::assemble(parts, *free_data_, policy_.today());
    if (!number)
        return number_refused(number.error(), free_data_->tries_left);
    if (expected_birth_ && !mynumber::is_birth_code(number->digits().first(6), *expected_birth_))
        return failed(
            {Reason::other_person_expected, "another birth date than the one expected, by the number"});
    if (const auto held = hold_again(); !held)
        return failed(held.error());
    if (const auto verified = verify(*number, key); !verified)
        return number_refused(verified.error(), guard_.tries_left());
    auto record = mynumber::read_photo_record(
        *card_, free_data_->signer_certificate, policy_.trust,
        {free_data_->generation, free_data_->card_expiry, number->digits(), expected_birth_});
    if (!record)
        return failed(record.error());
    const bool signed_record = record->signature == mynumber::Check::valid;
    if (signed_record && record->birth_as_expected == false)
        return failed(
            {Reason::other_person_expected, "another birth date than the one expected, by the record"});
    const auto genuineness = mynumber::challenge_chip(*card_, *record);
    if (!genuineness)
        return failed(genuineness.error());
    std::optional<Result<mynumber::Attributes>> attributes;
    if (!wanted.empty() && !genuineness->reason)
        attributes = read_attributes(*number, key, record->birth_and_sex, wanted);
    card_.reset(); // reset now, not at the end of the visit
    RecordRead read{std::move(record->photo), *genuineness};
    if (genuineness->signature == mynumber::Check::valid && genuineness->chip == mynumber::Check::valid)
        read.chip = policy_.digests.of(mynumber::CardTrait::chip_key, record->chip_key);
    if (signed_record)
        read.subject = policy_.subjects.of(SubjectKind::chip_key, record->chip_key);
    read.attributes = std::move(attributes);
    read.birth_as_expected = signed_record && record->birth_as_expected == true;
    return read;
}

// Whatever becomes of it, record and chip are genuine, and the visit goes on.
Result<mynumber::Attributes> CardPart::read_attributes(const mynumber::AccessNumber& number,
                                                       mynumber::IdempotencyKey key, ByteView birth_and_sex,
                                                       std::span<const Attribute> wanted) {
    if (const auto verified = guard_.verify_attributes(*card_, number, key); !verified) {
        if (mynumber::is_wrong_secret(verified.error().reason))
            wrong_tap_ = state_.tap;
        return std::unexpected(verified.error());
    }
    const auto record = mynumber::read_attribute_record(*card_, number.generation());
    if (!record)
        return std::unexpected(record.error());
    return mynumber::check_attributes(*record, birth_and_sex, wanted, policy_.trust);
}

CardEvent CardPart::sign_in(const mynumber::Pin& pin, mynumber::IdempotencyKey key) {
    if (guard_.spent(key))
        return pin_refused({Reason::idempotency_key_used, {}}, {});
    if (!free_data_)
        return pin_refused({Reason::card_removed, "the card of this visit is not there any more"}, {});
    if (free_data_->card_information != met_card_)
        return pin_refused({Reason::card_changed, "another card than this visit's"}, {});
    if (const auto unread = free_data_->sign_in_certificate_unread)
        return pin_refused({*unread, "the sign-in certificate was not read"}, {});
    const auto& certificate = free_data_->sign_in_certificate;
    const auto chain = policy_.sign_in_trust.check(certificate, policy_.now());
    mynumber::Genuineness found{chain.check, mynumber::Check::not_checked,
                                mynumber::hierarchy_named_by(free_data_->signer_certificate), chain.reason};
    if (chain.check == mynumber::Check::invalid)
        return PinAnswered{found};
    if (chain.reason)
        return pin_refused({*chain.reason, "no PIN is tried with this certificate"}, {});
    if (const auto held = hold_again(); !held)
        return pin_refused(held.error(), {});
    if (const auto verified = verify(pin, key, *free_data_->generation); !verified)
        return pin_refused(verified.error(), guard_.tries_left());
    const auto signs = mynumber::challenge_sign_in(*card_, certificate, *free_data_->generation);
    if (!signs)
        return pin_refused(signs.error(), {});
    card_.reset();
    found.chip = *signs;
    if (*signs != mynumber::Check::valid)
        found.reason = Reason::chip_not_genuine;
    return PinAnswered{found};
}

// The card of the tap whose free data we have. What lies there while we hold it is looked at once more:
// between the last look and the hold it may have been swapped.
Result<void> CardPart::hold_again() {
    if (card_)
        return {};
    auto opened = reader_.open();
    if (!opened)
        return std::unexpected(opened.error());
    const card::ReaderState now = reader_.wait(state_, SteadyClock::now());
    reader_.wake(); // that wait may have taken the wake of somebody else
    if (now.tap != met_tap_ || now.condition != card::ReaderCondition::card_present)
        return fail(Reason::card_removed, "the card of this visit was taken away");
    card_ = std::move(*opened);
    return {};
}

CardEvent CardPart::number_refused(const Failure& why, std::optional<std::uint8_t> tries_left) {
    if (!another_number_may_follow(why.reason))
        return failed(why);
    return AccessNumberRefused{why, tries_left};
}

CardEvent CardPart::pin_refused(const Failure& why, std::optional<std::uint8_t> tries_left) {
    card_.reset(); // no state of a refused secret stays, and the next PIN holds it anew
    return PinRefused{why, tries_left};
}

CardEvent CardPart::failed(const Failure& why) {
    card_.reset();
    return CardFailed{why};
}

} // namespace kaomon::visit
