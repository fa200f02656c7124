#include "drivers/card/simulated/text_application.hpp"
#include "drivers/card/tlv.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::simulated {
namespace {

// drivers/card/SPEC.md §8: the vector of an invented holder
TEST(TextApplication, AttributesEqualThoseOfTheTestCard) {
    const Bytes vector = hex(
        "ff2065df2108000e002000590064df220fe9bb92e6a190e38080e5b9b9e4b99fdf2336e69db1e4baace983bde6b885e780"
        "ace5b882e8a6b3e5b883e5ad90e58d97efbc91efbc92efbc8defbc97efbc8defbc92efbc90efbc92df240831393830303231"
        "37df250131");
    ASSERT_EQ(vector.size(), 104U);
    const auto text = [&](std::size_t from, std::size_t size) {
        return std::string(vector.begin() + static_cast<std::ptrdiff_t>(from),
                           vector.begin() + static_cast<std::ptrdiff_t>(from + size));
    };
    Holder holder;
    holder.name = text(0x0E + 3, 15);
    holder.address = text(0x20 + 3, 54);
    holder.birth_date = Date(std::chrono::year(1980), std::chrono::February, std::chrono::day(17));
    holder.sex = Sex::male;
    EXPECT_EQ(to_hex(make_attributes(holder)), to_hex(vector));
}

TEST(TextApplication, LongTextsKeepTheOffsetsRight) {
    Holder holder;
    holder.address = std::string(200, 'a');
    const SecretBytes file = make_attributes(holder);
    const auto outer = read_tlv(file);
    ASSERT_TRUE(outer);
    EXPECT_EQ(outer->whole.size(), file.size());
    const auto objects = read_tlv_list(outer->value).value();
    ASSERT_EQ(objects.size(), 5U);
    for (std::size_t i = 0; i < 4; ++i) {
        const ByteView table = objects[0].value;
        const std::size_t at = static_cast<std::size_t>(table[2 * i]) << 8 | table[2 * i + 1];
        EXPECT_EQ(file.data() + at, objects[i + 1].whole.data());
    }
}

TEST(TextApplication, HashesCoverTheTwoRecords) { // drivers/card/SPEC.md §5.5
    const SampleCard& sample = sample_card();
    Card card(sample.issued.contents);
    select_application(card, text_application);
    ASSERT_EQ(verify(card, 0x0011, sample.holder.text_pin).status, sw::ok);
    const SecretBytes number = read_whole(card, 0x0001), attributes = read_whole(card, 0x0002),
                      hashes = read_whole(card, 0x0003), certificate = read_whole(card, 0x0004);
    EXPECT_EQ(to_hex(ByteView(number).first(3)), "ff100c");
    const auto outer = read_tlv(hashes);
    ASSERT_TRUE(outer && outer->tag == 0xFF30);
    const auto objects = read_tlv_list(outer->value).value();
    ASSERT_EQ(objects.size(), 3U);
    EXPECT_TRUE(std::ranges::equal(objects[0].value, sha256(number)));
    EXPECT_TRUE(std::ranges::equal(objects[1].value, sha256(read_tlv(attributes)->value.subspan(11))));
    const ByteView before = outer->value.first(objects[0].whole.size() + objects[1].whole.size());
    EXPECT_EQ(recover(ByteView(certificate).subspan(51, 256), objects[2].value), digest_info(sha256(before)));
}

} // namespace
} // namespace kaomon::card::simulated
