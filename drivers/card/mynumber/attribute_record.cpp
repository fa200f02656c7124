#include "drivers/card/mynumber/attribute_record.hpp"

#include "drivers/base/utf8.hpp"
#include "drivers/card/mynumber/date.hpp"
#include "drivers/card/mynumber/digest.hpp"
#include "drivers/card/mynumber/file.hpp"
#include "drivers/card/mynumber/signer_certificate.hpp"
#include "drivers/card/mynumber/warning.hpp"
#include "drivers/card/tlv.hpp"

#include <algorithm>
#include <utility>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t largest_record = 4096; // bytes; the test card's has 104
constexpr std::size_t longest_value = 512;   // bytes; what is printed on a card is far shorter

struct Parts { // within the record's bytes
    ByteView name, address, birth_date, sex;
    ByteView signed_part; // all behind the offset table
};

// FF20 { DF21 offsets, DF22 .. DF25 }. The objects are walked, the offsets are not used.
Result<Parts> parts_of(ByteView bytes) {
    const auto outer = read_tlv(bytes);
    if (!outer)
        return std::unexpected(outer.error());
    const auto list = read_tlv_list(outer->value);
    if (!list)
        return std::unexpected(list.error());
    if (outer->tag != 0xFF20 || list->empty() || list->front().tag != 0xDF21)
        return fail(Reason::card_data_malformed, "attributes of another kind");
    const auto name = find_tlv(*list, 0xDF22), address = find_tlv(*list, 0xDF23),
               birth = find_tlv(*list, 0xDF24), sex = find_tlv(*list, 0xDF25);
    if (!name || !address || !birth || !sex)
        return fail(Reason::card_data_malformed, "attributes with one missing");
    return Parts{name->value, address->value, birth->value, sex->value,
                 outer->value.subspan(list->front().whole.size())};
}

// FF30 { DF31 digest of the my number's file, DF32 digest of the attributes, DF33 signature over both }.
Result<void> check_digests(const AttributeRecord& record, ByteView signed_part, const TrustStore& trust) {
    const auto outer = read_tlv(record.digests);
    if (!outer)
        return std::unexpected(outer.error());
    const auto list = read_tlv_list(outer->value);
    if (!list)
        return std::unexpected(list.error());
    const auto other = find_tlv(*list, 0xDF31), own = find_tlv(*list, 0xDF32),
               signature = find_tlv(*list, 0xDF33);
    if (outer->tag != 0xFF30 || !other || !own || !signature)
        return fail(Reason::card_data_malformed, "digests of the attributes with a part missing");
    const auto signer = SignerCertificate::read(record.certificate);
    const Check certified = signer ? signer->check(trust) : Check::invalid;
    if (certified == Check::invalid)
        return fail(Reason::attributes_signature_invalid, "the certificate of their signer");
    if (!signer->key.verifies_message(signature->value, {other->whole, own->whole}))
        return fail(Reason::attributes_signature_invalid, "the signature over their digests");
    if (!std::ranges::equal(own->value, sha256({signed_part})))
        return fail(Reason::attributes_signature_invalid, "another digest than the signed one");
    // last: what its own certificate denies is bad whoever made it
    if (certified == Check::not_checked)
        return fail(Reason::signer_unknown,
                    "the authority of the attributes' signer is not in the trust store");
    return {};
}

std::string_view text_of(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string_view sex_of(ByteView code) {
    const std::string_view digit = text_of(code);
    if (digit == "1")
        return "male";
    if (digit == "2")
        return "female";
    return digit == "9" || digit == "3" ? "not_applicable"
                                        : ""; // drivers/card/SPEC.md §4: the sources differ
}

} // namespace

Result<AttributeRecord> read_attribute_record(CardTransaction& card, const Generation& generation) {
    struct Part {
        SecretBytes AttributeRecord::* into;
        FileId file;
        std::uint16_t tag;
    };
    AttributeRecord record;
    for (const auto& [into, file, tag] :
         {Part{&AttributeRecord::attributes, generation.attributes.file, 0xFF20},
          Part{&AttributeRecord::digests, generation.attribute_digests.file, 0xFF30},
          Part{&AttributeRecord::certificate, generation.attribute_signer.file, 0x7F21}}) {
        const auto there = select_file_if_there(card, file);
        if (!there)
            return std::unexpected(there.error());
        if (!*there)
            return fail(Reason::attributes_missing, "the application lacks one of its files");
        auto bytes = read_object(card, tag, largest_record);
        if (!bytes)
            return std::unexpected(bytes.error());
        record.*into = std::move(*bytes);
    }
    return record;
}

Result<Attributes> check_attributes(const AttributeRecord& record, ByteView birth_and_sex,
                                    std::span<const Attribute> wanted, const TrustStore& trust) {
    const auto parts = parts_of(record.attributes);
    if (!parts)
        return std::unexpected(parts.error());
    if (const auto good = check_digests(record, parts->signed_part, trust); !good)
        return std::unexpected(good.error());
    if (parts->birth_date.size() + parts->sex.size() != birth_and_sex.size() ||
        !std::ranges::equal(parts->birth_date, birth_and_sex.first(parts->birth_date.size())) ||
        !std::ranges::equal(parts->sex, birth_and_sex.last(parts->sex.size())))
        return fail(Reason::attributes_contradict_card, "birth date or sex are not the photo record's");
    const auto birth = read_date(parts->birth_date);
    const auto sex = sex_of(parts->sex);
    const bool texts_good = std::ranges::all_of(std::array{parts->name, parts->address}, [](ByteView value) {
        return value.size() <= longest_value && is_plain_utf8(text_of(value));
    });
    if (!birth || sex.empty() || !texts_good || parts->name.empty())
        return fail(Reason::card_data_malformed, "an attribute that is no text, date or sex");

    Attributes found;
    for (const Attribute one : wanted) {
        switch (one) {
        case Attribute::name:
            found[one] = SecretText(text_of(parts->name));
            break;
        case Attribute::birth_date:
            found[one] = SecretText(iso_day(*birth));
            break;
        case Attribute::sex:
            found[one] = SecretText(sex);
            break;
        case Attribute::address:
            found[one] = SecretText(text_of(parts->address));
            break;
        }
    }
    return found;
}

} // namespace kaomon::card::mynumber
