#include "drivers/card/mynumber/photo_record.hpp"

#include "drivers/card/mynumber/birthday.hpp"
#include "drivers/card/mynumber/date.hpp"
#include "drivers/card/mynumber/file.hpp"
#include "drivers/card/mynumber/signed_record.hpp"

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t bytes_before = 2; // that some cards put before the record (drivers/card/SPEC.md §4)

// DF22 is signed, DF29 is not; both are eight digits. The digits themselves are compared and named nowhere.
Result<void> agrees(const SignedRecord& record, const Known& known) {
    if (!known.access_number.empty()) {
        const auto birth = read_date(record.birth.value);
        if (!birth)
            return fail(Reason::card_data_malformed, "the record's birth date is no date");
        if (!is_birth_code(known.access_number.first(6), *birth))
            return fail(Reason::record_contradicts_card, "another birth date than the number's");
    }
    if (known.card_expiry && record.expiry && read_date(record.expiry->value) != known.card_expiry)
        return fail(Reason::record_contradicts_card, "another expiry than the card's");
    return {};
}

} // namespace

Result<PhotoRecord> read_photo_record(CardTransaction& card, ByteView signer_certificate,
                                      const TrustStore& trust, const Known& known) {
    if (const auto selected = select_file(card, known.generation->photo_record.file); !selected)
        return std::unexpected(selected.error());
    const auto bytes = read_object(card, 0xFF20, largest_offset, bytes_before);
    if (!bytes)
        return std::unexpected(bytes.error());
    const auto record = SignedRecord::read(*bytes);
    if (!record)
        return std::unexpected(record.error());
    auto checked = check_record(*record, signer_certificate, trust);
    if (checked.signature == Check::invalid)
        return checked; // says more than a contradiction
    if (const auto agreed = agrees(*record, known); !agreed)
        return std::unexpected(agreed.error());
    if (known.expected_birth)
        checked.birth_as_expected = read_date(record->birth.value) == known.expected_birth;
    return checked;
}

} // namespace kaomon::card::mynumber
