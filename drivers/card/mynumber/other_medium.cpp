#include "drivers/card/mynumber/other_medium.hpp"

#include "drivers/card/mynumber/application.hpp"
#include "drivers/card/mynumber/file.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace kaomon::card::mynumber {
namespace {

constexpr FileId token_file = 0x0006;   // JPKI AP: which kind of medium
constexpr std::size_t token_label = 32; // bytes at the start of it

struct Label {
    std::string_view text;
    Reason reason;
    std::string_view what; // for the detail
};
// drivers/card/SPEC.md §7. Compared whole: the label is padded with spaces, zeros or FF.
constexpr std::array<Label, 3> labels{{{"JPKIAPICCTOKEN", Reason::juki_card, "a Juki card"},
                                       {"JPKIAPGPSETOKEN", Reason::phone_has_no_photo, "an Android phone"},
                                       {"JPKIAPIOSTOKEN", Reason::phone_has_no_photo, "an iPhone"}}};

using LongAid = std::array<std::uint8_t, 16>;
struct OtherCard {
    LongAid aid;
    Reason reason;
};
// DF1 of each: drivers/card/SPEC.md §1.
constexpr std::array<OtherCard, 2> other_cards{
    {{{0xD3, 0x92, 0xF0, 0x00, 0x4F, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00},
      Reason::residence_card},
     {{0xA0, 0x00, 0x00, 0x02, 0x31, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00},
      Reason::drivers_licence}}};

const Label* find_label(ByteView bytes) {
    const auto padding = [](std::uint8_t byte) { return byte == ' ' || byte == 0x00 || byte == 0xFF; };
    const auto end = std::ranges::find_if(bytes, padding);
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()),
                                static_cast<std::size_t>(end - bytes.begin()));
    const auto found = std::ranges::find(labels, text, &Label::text);
    return found == labels.end() ? nullptr : &*found;
}

// 3B 8F 80 01 80 4F 0C A000000306 SS ..: a card without commands of its own; SS is its standard.
bool has_storage_atr(ByteView atr) noexcept {
    constexpr std::array<std::uint8_t, 6> head{0x3B, 0x8F, 0x80, 0x01, 0x80, 0x4F}; // TD1, TD2, category
    constexpr std::array<std::uint8_t, 5> pcsc_group{0xA0, 0x00, 0x00, 0x03, 0x06};
    return atr.size() >= 15 && std::ranges::equal(atr.first(6), head) &&
           std::ranges::equal(atr.subspan(7, 5), pcsc_group);
}

// The label of a JPKI application, where there is one. A file that is not there or holds something else names
// nothing.
Result<const Label*> read_label(CardTransaction& card) {
    const auto there = select_application(card, aid::jpki);
    if (!there)
        return std::unexpected(there.error());
    if (!*there)
        return nullptr;
    const auto selected = select_file_if_there(card, token_file);
    if (!selected)
        return std::unexpected(selected.error());
    if (!*selected)
        return nullptr;
    const auto label = read_file(card, 0, token_label);
    if (!label && label.error().reason == Reason::card_data_malformed)
        return nullptr;
    if (!label)
        return std::unexpected(label.error());
    return find_label(*label);
}

} // namespace

Failure name_other_medium(CardTransaction& card, Reason otherwise) {
    const bool known = otherwise != Reason::not_my_number_card; // by more than what the card has not
    const auto label = read_label(card);
    if (!label && !(known && label.error().reason == Reason::card_error))
        return label.error();
    if (label && *label != nullptr)
        return {(*label)->reason, std::string((*label)->what)};
    if (known)
        return {otherwise, {}};
    for (const OtherCard& other : other_cards) {
        const auto there = select_application(card, other.aid);
        if (!there)
            return there.error();
        if (*there)
            return {other.reason, {}};
    }
    return {named_by_atr(card.atr()).value_or(otherwise), "no application of a My Number Card"};
}

std::optional<Reason> storage_card(ByteView atr) noexcept {
    if (!has_storage_atr(atr))
        return std::nullopt;
    const std::uint8_t standard = atr[12];
    if (standard == 0x11)
        return Reason::felica_card;
    return standard >= 0x01 && standard <= 0x03 ? std::optional(Reason::type_a_card) : std::nullopt;
}

std::optional<Reason> named_by_atr(ByteView atr) noexcept {
    if (atr.size() < 5 || atr[0] != 0x3B || (atr[1] & 0xF0) != 0x80 || atr[2] != 0x80 || atr[3] != 0x01)
        return std::nullopt; // a contact card, or a reader that tells it in its own way
    if (has_storage_atr(atr))
        return storage_card(atr);
    // ISO/IEC 14443-4: of type B there are always 8 historical bytes, of type A as many as the card likes
    return (atr[1] & 0x0F) == 8 ? std::nullopt : std::optional(Reason::type_a_card);
}

} // namespace kaomon::card::mynumber
