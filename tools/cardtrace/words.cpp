#include "tools/cardtrace/words.hpp"

#include "drivers/card/mynumber/generation.hpp"
#include "proto/reason.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace kaomon::cardtrace {
namespace {

using card::StatusWord;

namespace aid = card::mynumber::aid;
using card::mynumber::FileAddress;
using card::mynumber::Generation;

// What Kaomon uses of a card, in every generation.
struct Used {
    FileAddress Generation::* place;
    std::string_view ja, en;
};
constexpr std::array<Used, 11> used{{
    {&Generation::card_info, "カード情報（有効期限）", "card information (expiry)"},
    {&Generation::sign_in_certificate, "利用者証明用電子証明書", "sign-in certificate"},
    {&Generation::sign_in_key, "利用者証明用の鍵", "sign-in key"},
    {&Generation::sign_in_pin, "利用者証明用暗証番号", "sign-in PIN"},
    {&Generation::signer_certificate, "署名者の証明書", "certificate of the record's signer"},
    {&Generation::access_number, "照合番号B", "verification number B"},
    {&Generation::photo_record, "顔写真の記録", "photo record"},
    {&Generation::attribute_number, "氏名などの照合番号B", "verification number B of the attributes"},
    {&Generation::attributes, "氏名などの記録", "attributes"},
    {&Generation::attribute_digests, "氏名などの署名", "signature over the attributes"},
    {&Generation::attribute_signer, "氏名などの署名者の証明書", "certificate of the attributes' signer"},
}};

// Everything else that has a name: applications (file 0), and what stands beside the used files
// (drivers/card/SPEC.md §1, §4, §7, §8, §9).
struct Other {
    FileAddress place;
    std::string_view ja, en;
};
constexpr card::mynumber::Aid resident{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01};
constexpr std::array<Other, 14> others{{
    {{aid::common, 0}, "共通カードAP", "common application"},
    {{resident, 0}, "住基AP", "resident register application"},
    {{aid::face_check, 0}, "券面事項確認AP", "face-check application"},
    {{aid::face_check, 0x0001}, "生年月日の記録", "age record"},
    {{aid::face_check, 0x0005}, "個人番号の画像（禁止）", "picture of the my number (forbidden)"},
    {{aid::face_check, 0x0011}, "生年月日の照合", "birth date key"},
    {{aid::face_check, 0x0013}, "照合番号A（禁止）", "verification number A (forbidden)"},
    {{aid::text, 0}, "券面事項入力補助AP", "input-aid application"},
    {{aid::text, 0x0001}, "個人番号（禁止）", "my number (forbidden)"},
    {{aid::jpki, 0}, "公的個人認証AP", "JPKI application"},
    {{aid::jpki, 0x0006}, "媒体の種類", "kind of medium"},
    {{aid::jpki, 0x0008}, "証明書の有無", "which certificates there are"},
    {{aid::jpki, 0x000B}, "利用者証明用CA証明書", "CA certificate of the sign-in certificate"},
    {{aid::jpki, 0x001B}, "署名用暗証番号", "signing PIN"},
}};

// Applications of other cards, in hexadecimal.
struct Foreign {
    std::string_view application, ja, en;
};
constexpr std::array<Foreign, 4> foreign{{
    {"D392F0004F0200000000000000000000", "在留カード DF1", "residence card DF1"},
    {"A0000002310100000000000000000000", "運転免許証 DF1", "driver's licence DF1"},
    {"A0000002310200000000000000000000", "運転免許証 DF2", "driver's licence DF2"},
    {"A0000002480300000000000000000000", "運転免許証 DF3", "driver's licence DF3"},
}};

bool is_at(const FileAddress& place, std::string_view application, std::string_view file) {
    return fmt::format("{:02X}", fmt::join(place.application, "")) == application &&
           (place.file == 0 ? "" : fmt::format("{:04X}", place.file)) == file;
}

Text name_of(std::string_view application, std::string_view file) {
    const auto named = [](const auto& it) { return Text{std::string(it.ja), std::string(it.en)}; };
    for (const Generation& generation : card::mynumber::generations)
        for (const Used& one : used)
            if (is_at(generation.*one.place, application, file))
                return named(one);
    for (const Other& one : others)
        if (is_at(one.place, application, file))
            return named(one);
    for (const Foreign& one : foreign)
        if (one.application == application && file.empty())
            return named(one);
    const std::string code(file.empty() ? application : file);
    return {code, code};
}

Text joined(const Text& first, const Text& second) {
    return {first.ja + second.ja, first.en + second.en};
}

struct Meaning {
    std::uint16_t status;
    std::string_view ja, en;
};

// ISO/IEC 7816-4 table 6, and drivers/card/SPEC.md §3.
constexpr std::array<Meaning, 16> meanings{{
    {0x9000, "成功", "done"},
    {0x6282, "ファイルの終わり", "end of file"},
    {0x6300, "違います（残り回数は不明）", "wrong, tries not told"},
    {0x6700, "長さが違います", "wrong length"},
    {0x6981, "この種類のファイルではできません", "wrong kind of file"},
    {0x6982, "照合がまだです", "security status not met"},
    {0x6983, "ロックされています", "locked"},
    {0x6984, "ロックされています", "locked"},
    {0x6985, "条件が整っていません", "conditions not met"},
    {0x6986, "ファイルが選ばれていません", "no current file"},
    {0x6A82, "ありません", "not there"},
    {0x6A83, "記録がありません", "no such record"},
    {0x6A86, "引数が違います", "wrong P1 P2"},
    {0x6B00, "終わりより先です", "beyond the end"},
    {0x6D00, "知らない命令です", "unknown instruction"},
    {0x6E00, "知らないクラスです", "unknown class"},
}};

} // namespace

Text Interpreter::command(const card::trace::Line& line) {
    const auto [cla, ins, p1, p2] = line.header;
    const unsigned place = static_cast<unsigned>(p1 & 0x7FU) << 8 | p2;
    const auto current = [&] { return name_of(application_, file_); };
    if (ins == 0xA4 && p1 == 0x04) {
        application_ = line.selected;
        file_.clear();
        return joined({"選択: ", "select "}, current());
    }
    if (ins == 0xA4) {
        file_ = line.selected;
        return joined({"選択: ", "select "}, current());
    }
    if (ins == 0x20 && line.data_bytes == 0)
        return joined({"残り回数を尋ねる: ", "ask for the tries left of "}, current());
    if (ins == 0x20)
        return joined(joined({"照合（1回分）: ", "VERIFY, one try: "}, current()),
                      {fmt::format("、{}桁", line.data_bytes), fmt::format(", {} digits", line.data_bytes)});
    if (ins == 0xB0)
        return joined({"読む: ", "read "},
                      joined(current(), {fmt::format("、{}から", place), fmt::format(", from {}", place)}));
    if (ins == 0xB2)
        return joined({"記録を読む: ", "read record of "}, current());
    if (ins == 0x2A)
        return {"チップが署名する", "the chip signs"};
    if (ins == 0x84)
        return {"乱数をもらう", "get a challenge"};
    if (ins == 0x88)
        return {"内部認証", "internal authenticate"};
    if (ins == 0xC0)
        return {"続きをもらう", "get the rest"};
    if (ins == 0xCA && cla != 0xFF)
        return {"データをもらう", "get data"};
    if (ins == 0x24 || ins == 0x2C)
        return {"暗証番号を変える（禁止）", "change a PIN (forbidden)"};
    if (cla == 0xFF)
        return {"リーダーへの命令", "to the reader itself"};
    const std::string code = fmt::format("{:02X}{:02X}{:02X}{:02X}", cla, ins, p1, p2);
    return {code, code};
}

Text status(const card::trace::Line& line) {
    if (const auto* reason = std::get_if<Reason>(&line.end)) {
        const ReasonEntry& entry = describe(*reason);
        return {std::string(entry.japanese), std::string(entry.english)};
    }
    const StatusWord word = std::get<StatusWord>(line.end);
    if (const auto tries = card::tries_left(word))
        return {fmt::format("残り{}回", *tries), fmt::format("{} tries left", *tries)};
    if (word.high() == 0x61)
        return {"続きがあります", "more waits"};
    if (word.high() == 0x6C)
        return {fmt::format("長さは{}です", word.low()), fmt::format("ask with length {}", word.low())};
    const auto found = std::ranges::find(meanings, word.value, &Meaning::status);
    if (found == meanings.end())
        return {"", ""};
    return {std::string(found->ja), std::string(found->en)};
}

} // namespace kaomon::cardtrace
