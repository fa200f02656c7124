#include "drivers/card/simulated/kind.hpp"

#include "drivers/card/mynumber/generation.hpp"
#include "drivers/card/simulated/jpki_application.hpp"

#include <algorithm>
#include <array>

namespace kaomon::card::simulated {
namespace {

struct Recipe { // what the issuer is told
    Holder& holder;
    CardOptions& options;
    Date today;
};
struct Row {
    Kind kind;
    void (*prepare)(const Recipe&) = nullptr;
    void (*finish)(Contents&) = nullptr; // after issuing
};

Date later(Date day, int days) {
    return Date{std::chrono::sys_days{day} + std::chrono::days{days}};
}
Date on_28_february_if_not(Date day) {
    return day.ok() ? day : Date{day.year(), std::chrono::February, std::chrono::day(28)};
}

void set_tries(Contents& contents, std::string_view application, std::uint16_t secret, std::uint8_t left) {
    for (Application& one : contents.applications) {
        if (File* const file = one.name == application ? find_file(one, secret) : nullptr)
            file->tries_left = left;
    }
}
void set_number_tries(Contents& contents, std::uint8_t left) {
    set_tries(contents, photo_application, mynumber::current_generation.access_number.file, left);
}
void set_pin_tries(Contents& contents, std::uint8_t left) {
    set_tries(contents, jpki_application, mynumber::current_generation.sign_in_pin.file, left);
}

std::string repeated(std::string_view text, int times) {
    std::string whole;
    for (int i = 0; i < times; ++i)
        whole += text;
    return whole;
}

// Another medium altogether: nothing of the card stays.
void become(Contents& contents, std::string_view medium, std::vector<Application> applications,
            Bytes atr = {}) {
    contents = {};
    contents.medium = medium;
    contents.applications = std::move(applications);
    contents.atr = std::move(atr);
}
Application empty_application(std::string name, Bytes aid) {
    return {std::move(name), std::move(aid), {}, 0};
}
// A phone has the holder's JPKI application alone, under its own label.
void become_phone(Contents& contents, std::string_view label) {
    std::vector<Application> kept;
    for (Application& application : contents.applications) {
        if (application.name != jpki_application)
            continue;
        std::erase_if(application.files, [](const File& file) { return file.id == 0x0006; });
        application.files.push_back(token_info(label));
        kept.push_back(std::move(application));
    }
    become(contents, label, std::move(kept));
}

// PC/SC part 3, 3.1.3.2.3.2: the reader's word for a card without commands. `standard`: 03 ISO/IEC 14443 A
// part 3, 11 FeliCa; `name` 0001: MIFARE Standard 1K, 003B: FeliCa.
Bytes storage_card_atr(std::uint8_t standard, std::uint8_t name) {
    Bytes atr{0x3B, 0x8F, 0x80,     0x01, 0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00,
              0x03, 0x06, standard, 0x00, name, 0x00, 0x00, 0x00, 0x00};
    std::uint8_t check = 0;
    for (std::size_t i = 1; i < atr.size(); ++i)
        check = static_cast<std::uint8_t>(check ^ atr[i]);
    atr.push_back(check);
    return atr;
}

// ISO/IEC 7816-4 pads nothing: 16 bytes of an identifier.
Bytes long_aid(Bytes start) {
    start.resize(16, 0x00);
    return start;
}

using R = const Recipe&;
using C = Contents&;
// clang-format off
const std::array rows{
    Row{{"card", "マイナンバーカード", "a valid card"}},
    Row{{"two-bytes-first", "写真の記録の前に2バイトあるカード", "two more bytes before the photo record, as some newer cards are said to have"},
        [](R r) { r.options.two_bytes_first = true; }},
    Row{{"infant", "顔写真のない乳児のカード", "an infant's card without a photograph"},
        [](R r) {
            r.holder.birth_date = later(r.today, -150);
            r.holder.card_expiry = on_28_february_if_not(r.holder.birth_date + std::chrono::years(5));
            r.options.without_photo = true;
        }},
    Row{{"no-pin", "顔認証マイナンバーカード（暗証番号なし）", "a face-only card: no PINs, no signing certificate (how the chip shows it is a guess)"},
        [](R r) { r.options.without_pin = true; }},
    Row{{"no-certificate", "利用者証明用電子証明書のないカード", "the sign-in certificate was never issued"},
        [](R r) { r.options.without_sign_in = true; }},
    Row{{"certificate-expired", "電子証明書の期限が切れたカード", "the sign-in certificate ended yesterday"},
        [](R r) { r.options.sign_in_end = later(r.today, -1); }},
    Row{{"certificate-ends-soon", "電子証明書の期限が近いカード", "the sign-in certificate ends in 30 days"},
        [](R r) { r.options.sign_in_end = later(r.today, 30); }},
    Row{{"expired", "有効期限の切れたカード", "expired on the holder's last birthday"},
        [](R r) {
            while (r.holder.card_expiry >= r.today)
                r.holder.card_expiry -= std::chrono::years(1);
            r.holder.card_expiry = on_28_february_if_not(r.holder.card_expiry);
        }},
    Row{{"locked", "照合番号Bがロックされたカード", "verification number B is locked: no tries of 10 left"}, nullptr,
        [](C c) { set_number_tries(c, 0); }},
    Row{{"low-tries", "照合番号Bの残りが5回のカード", "5 of 10 tries left: below the usual floor of 6"}, nullptr,
        [](C c) { set_number_tries(c, 5); }},
    Row{{"pin-locked", "暗証番号がロックされたカード", "the sign-in PIN is locked"}, nullptr,
        [](C c) { set_pin_tries(c, 0); }},
    Row{{"pin-last-try", "暗証番号の残りが1回のカード", "one of three tries of the sign-in PIN left: below the usual floor of 2"}, nullptr,
        [](C c) { set_pin_tries(c, 1); }},
    Row{{"leap-day", "2月29日生まれの人のカード", "born on 29 February; expires on the 28th of a common year"},
        [](R r) {
            using namespace std::chrono;
            r.holder.birth_date = Date{year(1984), February, day(29)};
            year end = r.today.year() + years(8);
            while (end.is_leap())
                ++end;
            r.holder.card_expiry = Date{end, February, day(28)};
        }},
    Row{{"period-of-stay", "在留期間に合わせたカード（外国人住民）", "ends with a period of stay, not on the birthday; the birth year is printed in the Western calendar"},
        [](R r) {
            r.holder.western_birth_year = true;
            r.holder.card_expiry = later(r.today, 400);
        }},
    Row{{"other-birth-date", "記録の生年月日がほかと違うカード", "the birth date in the signed record is not that of the number"},
        [](R r) { r.options.record_birth_date = later(r.holder.birth_date, 1); }},
    Row{{"other-expiry", "記録の有効期限がほかと違うカード", "the expiry in the photo record is not that of the card information"},
        [](R r) { r.options.record_expiry = later(r.holder.card_expiry, 1); }},
    Row{{"replaced-glyph", "氏名に●のあるカード", "a name whose character the card cannot write: U+25CF stands there"},
        [](R r) { r.holder.name = "見本\u3000●子"; }},
    Row{{"long-name", "とても長い氏名のカード", "a name of 79 characters, an address of 80"},
        [](R r) {
            r.holder.name = repeated("寿限無", 12) + "\u3000" + repeated("長久命の長助", 7);
            r.holder.address = repeated("東京都千代田区霞が関", 8);
        }},
    Row{{"western-name", "氏名がローマ字のカード（外国人住民）", "a name in Latin letters, with an apostrophe and what a page must escape"},
        [](R r) { r.holder.name = "O'MALLEY <b>&AMP;\u3000ANNE-SOPHIE"; }},
    Row{{"no-address", "住所のないカード", "no address in the attributes: lives abroad, or is not told"},
        [](R r) { r.holder.address.clear(); }},
    Row{{"no-attributes", "券面事項入力補助のないカード", "the application of the attributes is missing"},
        [](R r) { r.options.without_attributes = true; }},
    Row{{"attributes-locked", "券面事項入力補助の照合番号がロックされたカード", "verification number B is locked in the application of the attributes"}, nullptr,
        [](C c) { set_tries(c, text_application, mynumber::current_generation.attribute_number.file, 0); }},
    Row{{"forged-attributes", "氏名などの署名が偽のカード", "the attributes are signed with another key than the certified one"},
        [](R r) { r.options.forged_attributes = true; }},
    Row{{"other-attributes", "氏名などが別人のカード", "genuine attributes of somebody born on another day"},
        [](R r) { r.options.attribute_birth_date = later(r.holder.birth_date, 1); }},
    Row{{"unknown-issuer", "署名者が登録されていないカード", "a sound card; trust.toml holds another issuer's key"}},
    Row{{"forged-signature", "写真の署名が偽のカード", "the photo record is signed with another key than the certified one"},
        [](R r) { r.options.forgery = Forgery::signature; }},
    Row{{"forged-certificate", "署名者の証明書が偽のカード", "the signer's certificate names the issuer, who never signed it"},
        [](R r) { r.options.forgery = Forgery::certificate; }},
    Row{{"forged-chip", "チップの違うカード（写し）", "a copy of someone's data on another chip"},
        [](R r) { r.options.forgery = Forgery::chip; }},
    Row{{"juki-card", "住民基本台帳カード", "a Juki card: JPKI application with its label, no common application"}, nullptr,
        [](C c) { become_phone(c, "JPKIAPICCTOKEN"); }},
    Row{{"android-phone", "Androidスマートフォン", "an Android phone: JPKI application with its label"}, nullptr,
        [](C c) { become_phone(c, "JPKIAPGPSETOKEN"); }},
    Row{{"iphone", "iPhone", "an iPhone: JPKI application with its label"}, nullptr,
        [](C c) { become_phone(c, "JPKIAPIOSTOKEN"); }},
    Row{{"residence-card", "在留カード", "a residence card: its three applications, empty"}, nullptr,
        [](C c) {
            become(c, "residence card", {empty_application("df1", long_aid({0xD3, 0x92, 0xF0, 0x00, 0x4F, 0x02})),
                                         empty_application("df2", long_aid({0xD3, 0x92, 0xF0, 0x00, 0x4F, 0x03})),
                                         empty_application("df3", long_aid({0xD3, 0x92, 0xF0, 0x00, 0x4F, 0x04}))});
        }},
    Row{{"drivers-licence", "運転免許証", "a driver's licence: its three applications, empty"}, nullptr,
        [](C c) {
            become(c, "driver's licence", {empty_application("df1", long_aid({0xA0, 0x00, 0x00, 0x02, 0x31, 0x01})),
                                           empty_application("df2", long_aid({0xA0, 0x00, 0x00, 0x02, 0x31, 0x02})),
                                           empty_application("df3", long_aid({0xA0, 0x00, 0x00, 0x02, 0x48, 0x03}))});
        }},
    Row{{"type-a", "タイプAのカード（会員証など）", "a memory card of ISO/IEC 14443 type A, by the reader's answer to reset"}, nullptr,
        [](C c) { become(c, "type A card", {empty_application("none", {0x00})}, storage_card_atr(0x03, 0x01)); }},
    Row{{"felica", "FeliCaのカード（交通系ICカードなど）", "a FeliCa card, by the reader's answer to reset"}, nullptr,
        [](C c) { become(c, "FeliCa card", {empty_application("none", {0x00})}, storage_card_atr(0x11, 0x3B)); }},
    Row{{"other-card", "ほかのICカード（タイプB）", "a card of type B with none of the applications Kaomon knows"}, nullptr,
        [](C c) { become(c, "other card", {empty_application("none", {0xA0, 0x00, 0x00, 0x00, 0x00})}); }},
};
// clang-format on

const auto& list() {
    static const auto made = [] {
        std::array<Kind, rows.size()> kinds{};
        std::ranges::transform(rows, kinds.begin(), &Row::kind);
        return kinds;
    }();
    return made;
}

} // namespace

std::span<const Kind> kinds() noexcept {
    return list();
}

const Kind* find_kind(std::string_view word) noexcept {
    const auto found = std::ranges::find(list(), word, &Kind::word);
    return found == list().end() ? nullptr : &*found;
}

Result<CardOfAKind> issue_kind(std::string_view word, Holder holder, const Image& portrait, Date today,
                               CardOptions options) {
    const auto row = std::ranges::find(rows, word, [](const Row& one) { return one.kind.word; });
    if (row == rows.end())
        return fail(Reason::parameter_invalid, "no such kind of card: " + std::string(word));
    if (row->prepare != nullptr)
        row->prepare({holder, options, today});
    // The issuer's own key, and one that signed nothing here.
    const std::optional<std::uint64_t> key_seed = options.key_seed;
    const auto apart = [&](std::uint64_t which) { // from each other and from the card's keys
        return KeyMaker(key_seed ? std::optional(~*key_seed - which) : std::nullopt);
    };
    const auto authority = Authority::generate(apart(0));
    const auto other = Authority::generate(apart(1));
    if (!authority || !other)
        return std::unexpected((authority ? other : authority).error());
    auto issued = issue(*authority, holder, portrait, today, options);
    if (!issued)
        return std::unexpected(issued.error());
    if (row->finish != nullptr)
        row->finish(issued->contents);
    issued->contents.kind = word;
    return CardOfAKind{std::move(*issued), std::move(holder),
                       (word == "unknown-issuer" ? *other : *authority).trust_file()};
}

} // namespace kaomon::card::simulated
