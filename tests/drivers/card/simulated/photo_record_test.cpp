// The record as a reader of the card sees it, checked with the rules of drivers/card/SPEC.md §5 written out
// once more here.
#include "drivers/card/simulated/photo_record.hpp"
#include "drivers/card/tlv.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::simulated {
namespace {

struct Record {
    SecretBytes file, certificate;
    std::size_t start = 0; // of FF20
    std::vector<Tlv> objects;
    Tlv object(std::uint16_t tag) const { return find_tlv(objects, tag).value_or(Tlv{}); }
    ByteView signer_modulus() const { return ByteView(certificate).subspan(10 + 32 + 9, 256); }
    ByteView chip_modulus() const { return object(0xDF24).value.subspan(9, 256); }
};

Record read_record(const SampleCard& sample) {
    Card card(sample.issued.contents);
    Record record;
    select_application(card, photo_application);
    EXPECT_EQ(verify(card, 0x0012, access_number(sample.holder)).status, sw::ok);
    record.file = read_whole(card, 0x0002);
    record.certificate = read_whole(card, 0x0004);
    while (record.start < 4 && record.file[record.start] != 0xFF)
        ++record.start;
    const auto outer = read_tlv(ByteView(record.file).subspan(record.start));
    EXPECT_TRUE(outer && outer->tag == 0xFF20);
    record.objects = read_tlv_list(outer->value).value();
    return record;
}

bool signature_holds(const Record& record) {
    Bytes expected = hex("3071300D060960864801650304020105000460");
    const std::vector<std::vector<std::uint16_t>> groups{
        {0xDF22, 0xDF23, 0xDF24}, {0xDF25, 0xDF26}, {0xDF27}};
    for (const auto& group : groups) {
        Bytes bytes;
        for (const std::uint16_t tag : group) {
            const ByteView whole = record.object(tag).whole;
            bytes.insert(bytes.end(), whole.begin(), whole.end());
        }
        const Sha256 hash = sha256(bytes);
        expected.insert(expected.end(), hash.begin(), hash.end());
    }
    return recover(record.signer_modulus(), record.object(0xDF28).value) == expected;
}

bool chip_answers(const SampleCard& sample, const Record& record) {
    Card card(sample.issued.contents);
    select_application(card, photo_application);
    const Bytes info = digest_info(sha256(hex("0102030405")));
    const auto answer = send(card, Command{0x80, 0x2A, 0, 0, {info.begin(), info.end()}, 256});
    return answer.status == sw::ok && recover(record.chip_modulus(), answer.data) == info;
}

std::string text(const Tlv& object) {
    return {object.value.begin(), object.value.end()};
}

TEST(PhotoRecord, HoldsWhatItShould) {
    const SampleCard& sample = sample_card();
    const Record record = read_record(sample);
    ASSERT_EQ(record.objects.size(), 10U);
    for (std::size_t i = 0; i < 10; ++i)
        EXPECT_EQ(record.objects[i].tag, 0xDF21 + i);
    EXPECT_EQ(text(record.object(0xDF22)), "19850505");
    EXPECT_EQ(text(record.object(0xDF23)), "2");
    EXPECT_EQ(text(record.object(0xDF29)), "20350505");
    EXPECT_EQ(to_hex(record.object(0xDF27).value.first(8)), "0000000c6a502020");
    EXPECT_EQ(record.object(0xDF27).value.size(), sample.issued.photo_bytes);
    for (const std::uint16_t tag : std::initializer_list<std::uint16_t>{0xDF25, 0xDF26, 0xDF2A})
        EXPECT_EQ(to_hex(record.object(tag).value.first(4)), "89504e47");
    EXPECT_EQ(record.file.back(), 0xFF) << "filled up";
    EXPECT_LT(record.file.size(), 0x7FFFU);
}

TEST(PhotoRecord, OffsetsCountFromTheStartOfTheFile) {
    for (const bool two_bytes_first : {false, true}) {
        const Record record = read_record(sample_card({.two_bytes_first = two_bytes_first}));
        EXPECT_EQ(record.start, two_bytes_first ? 2U : 0U);
        const ByteView table = record.object(0xDF21).value;
        ASSERT_EQ(table.size(), 18U);
        for (std::size_t i = 0; i < 9; ++i) {
            const std::size_t at = static_cast<std::size_t>(table[2 * i]) << 8 | table[2 * i + 1];
            EXPECT_EQ(record.file.data() + at, record.objects[i + 1].whole.data());
        }
        EXPECT_TRUE(signature_holds(record));
    }
}

TEST(PhotoRecord, GenuineCardsPassBothChecks) {
    const Record record = read_record(sample_card());
    EXPECT_TRUE(signature_holds(record));
    EXPECT_TRUE(chip_answers(sample_card(), record));
}

TEST(PhotoRecord, AForgedSignatureFailsThatCheckAlone) {
    const SampleCard& sample = sample_card({.forgery = Forgery::signature});
    const Record record = read_record(sample);
    EXPECT_FALSE(signature_holds(record));
    EXPECT_TRUE(chip_answers(sample, record));
}

TEST(PhotoRecord, AForgedChipFailsThatCheckAlone) {
    const SampleCard& sample = sample_card({.forgery = Forgery::chip});
    const Record record = read_record(sample);
    EXPECT_TRUE(signature_holds(record));
    EXPECT_FALSE(chip_answers(sample, record));
}

TEST(PhotoRecord, AnInfantsCardHasAnEmptyPhotoUnderAGoodSignature) {
    const Record record = read_record(sample_card({.without_photo = true}));
    EXPECT_TRUE(record.object(0xDF27).value.empty());
    EXPECT_TRUE(signature_holds(record));
}

TEST(PhotoRecord, TheOtherSignedRecordsHoldToo) { // drivers/card/SPEC.md §5.4
    const SampleCard& sample = sample_card();
    Card card(sample.issued.contents);
    select_application(card, photo_application);
    const SecretBytes certificate = read_whole(card, 0x0004);
    verify(card, 0x0011, birth_code(sample.holder));
    verify(card, 0x0013, impossible_my_number);
    for (const std::uint16_t id : std::initializer_list<std::uint16_t>{0x0001, 0x0005}) {
        const SecretBytes file = read_whole(card, id);
        const auto outer = read_tlv(file);
        ASSERT_TRUE(outer);
        const auto objects = read_tlv_list(outer->value).value();
        const Tlv& signature = objects.back();
        const ByteView before = outer->value.first(outer->value.size() - signature.whole.size());
        EXPECT_EQ(recover(ByteView(certificate).subspan(51, 256), signature.value),
                  digest_info(sha256(before)));
    }
}

} // namespace
} // namespace kaomon::card::simulated
