#include "drivers/card/mynumber/signed_record.hpp"
#include "drivers/card/mynumber/signer_certificate.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gtest/gtest.h>

#include <array>

namespace kaomon::card::mynumber {
namespace {

constexpr std::array<std::uint16_t, 7> signed_tags{0xDF22, 0xDF23, 0xDF24, 0xDF25, 0xDF26, 0xDF27, 0xDF28};

SecretBytes file_of(std::uint16_t id) {
    for (const auto& application : test::issued().contents.applications) {
        if (application.name != simulated::photo_application)
            continue;
        for (const auto& file : application.files) {
            if (file.id == id)
                return file.content;
        }
    }
    ADD_FAILURE() << "no such file";
    return {};
}

std::optional<Reason> checked(ByteView record, ByteView certificate) {
    const auto read = SignedRecord::read(record);
    if (!read)
        return read.error().reason;
    return check_record(*read, certificate, test::trust()).reason;
}

TEST(SignedRecord, EveryTruncationIsMalformed) {
    const SecretBytes file = file_of(0x0002);
    const std::size_t size = whole_length(file).value();
    for (std::size_t length = 0; length < size; length += 7) {
        EXPECT_EQ(SignedRecord::read(ByteView(file).first(length)).error().reason,
                  Reason::card_data_malformed);
    }
}

// One byte wrong in each signed object, and in the signature itself.
TEST(SignedRecord, EverySignedObjectIsCovered) {
    const SecretBytes file = file_of(0x0002);
    const SecretBytes certificate = file_of(0x0004);
    EXPECT_EQ(checked(file, certificate), std::nullopt);
    const auto list = read_tlv_list(read_tlv(file)->value).value();
    for (const std::uint16_t tag : signed_tags) {
        const auto object = find_tlv(list, tag);
        ASSERT_TRUE(object);
        SecretBytes forged = file;
        forged[static_cast<std::size_t>(object->value.data() - file.data()) + object->value.size() / 2] ^=
            0x04;
        EXPECT_EQ(checked(forged, certificate), Reason::photo_signature_invalid) << tag;
    }
}

TEST(SignedRecord, APartMissingIsMalformed) {
    const SecretBytes file = file_of(0x0002);
    const auto list = read_tlv_list(read_tlv(file)->value).value();
    for (const std::uint16_t missing : signed_tags) {
        SecretBytes value, record;
        for (const auto& object : list) {
            if (object.tag != missing)
                value.insert(value.end(), object.whole.begin(), object.whole.end());
        }
        append_tlv(record, 0xFF20, value);
        EXPECT_EQ(SignedRecord::read(record).error().reason,
                  missing == 0xDF27 ? Reason::card_without_photo : Reason::card_data_malformed);
    }
}

TEST(SignerCertificate, NamesItsKeys) {
    const SecretBytes bytes = file_of(0x0004);
    const auto certificate = SignerCertificate::read(bytes);
    ASSERT_TRUE(certificate);
    EXPECT_EQ(certificate->issuer[0], '9');
    EXPECT_EQ(certificate->body.size(), 297U);
    EXPECT_EQ(certificate->check(test::trust()), Check::valid);
    EXPECT_EQ(certificate->check(TrustStore()), Check::not_checked);
}

TEST(SignerCertificate, EveryByteOfTheBodyIsCovered) {
    const SecretBytes bytes = file_of(0x0004);
    const auto body = SignerCertificate::read(bytes)->body;
    const auto start = static_cast<std::size_t>(body.data() - bytes.data());
    for (std::size_t at = 16; at < body.size(); at += 9) { // behind the issuer's id
        SecretBytes forged = bytes;
        forged[start + at] ^= 0x20;
        const auto certificate = SignerCertificate::read(forged);
        if (certificate) {
            EXPECT_EQ(certificate->check(test::trust()), Check::invalid) << at;
        }
    }
}

TEST(SignerCertificate, NonsenseIsInvalidNotUnknown) {
    for (const Bytes& bytes : {Bytes{}, Bytes{0x7F, 0x21, 0x00}, Bytes{0x30, 0x00}, Bytes(568, 0xFF)}) {
        EXPECT_FALSE(SignerCertificate::read(bytes));
        EXPECT_EQ(hierarchy_named_by(bytes), Hierarchy::unknown);
        EXPECT_EQ(checked(file_of(0x0002), bytes), Reason::signer_certificate_invalid);
    }
}

} // namespace
} // namespace kaomon::card::mynumber
