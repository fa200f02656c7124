// All that a visit asks of a card, in one order: what card_driver.cpp plays with the fuzzer's answers, and
// card_seeds.cpp with a simulated card's to write them down.
#pragma once

#include "drivers/card/mynumber/attribute_record.hpp"
#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "drivers/card/mynumber/sign_in.hpp"
#include "drivers/card/mynumber/sign_in_trust.hpp"
#include "drivers/card/mynumber/warning.hpp"

namespace kaomon::fuzz {

inline constexpr Date today{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(23)};
inline constexpr std::int64_t now = 1'795'000'000; // in November 2026, UTC

// How far it came, and what it found on the way.
struct Visit {
    bool free_data = false, pin_accepted = false, number_accepted = false, record = false, chip = false,
         attributes = false;
    card::mynumber::Check chain = card::mynumber::Check::not_checked,
                          signs = card::mynumber::Check::not_checked;
    card::mynumber::Genuineness genuineness;
};

// `key` is called where one VERIFY more may leave: before each act of a person, of which there are two, and
// before the first one's at the second counter.
template<class Allow>
Visit whole_visit(card::CardTransaction& card, const card::mynumber::TrustStore& records,
                  const card::mynumber::SignInTrust& sign_ins, Allow key) {
    using namespace card::mynumber;
    Visit visit;
    const auto data = read_free_data(card, today);
    if (!data)
        return visit;
    visit.free_data = true;
    (void)warnings_of(*data, today);
    visit.chain = sign_ins.check(data->sign_in_certificate, now).check;
    Guard guard(MinTries{6, 2});

    const auto number = assemble({{}, SecretText("55"), SecretText("2285")}, *data, today);
    if (number) {
        key();
        visit.number_accepted = guard.verify(card, *number, IdempotencyKey{1}).has_value();
        if (!visit.number_accepted)
            (void)guard.verify(card, *number,
                               IdempotencyKey{1}); // the same act again: at most one VERIFY all the same
        const auto record = read_photo_record(card, data->signer_certificate, records,
                                              {data->generation, data->card_expiry, number->digits()});
        visit.record = record.has_value();
        if (record) {
            if (const auto chip = challenge_chip(card, *record)) {
                visit.chip = true;
                visit.genuineness = *chip;
            }
            if (visit.number_accepted) {
                key(); // of the same act, at the second counter
                (void)guard.verify_attributes(card, *number, IdempotencyKey{1});
                (void)guard.verify_attributes(card, *number, IdempotencyKey{1});
                if (const auto text = read_attribute_record(card, *data->generation))
                    visit.attributes =
                        check_attributes(*text, record->birth_and_sex, values<Attribute>(), records)
                            .has_value();
            }
        }
    }
    key();
    const auto pin = Pin::read(SecretText("1234"));
    visit.pin_accepted = guard.verify(card, *pin, IdempotencyKey{7}, *data->generation).has_value();
    if (!visit.pin_accepted)
        (void)guard.verify(card, *pin, IdempotencyKey{7}, *data->generation);
    if (const auto signs = challenge_sign_in(card, data->sign_in_certificate, *data->generation))
        visit.signs = *signs;
    return visit;
}

} // namespace kaomon::fuzz
