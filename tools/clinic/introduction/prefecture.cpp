#include "tools/clinic/introduction/prefecture.hpp"

#include "drivers/base/spelling.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace kaomon::introduction {

const std::array<Prefecture, 47> prefectures{
    {{"北海道", "Hokkaido"}, {"青森県", "Aomori"},      {"岩手県", "Iwate"},     {"宮城県", "Miyagi"},
     {"秋田県", "Akita"},    {"山形県", "Yamagata"},    {"福島県", "Fukushima"}, {"茨城県", "Ibaraki"},
     {"栃木県", "Tochigi"},  {"群馬県", "Gunma"},       {"埼玉県", "Saitama"},   {"千葉県", "Chiba"},
     {"東京都", "Tokyo"},    {"神奈川県", "Kanagawa"},  {"新潟県", "Niigata"},   {"富山県", "Toyama"},
     {"石川県", "Ishikawa"}, {"福井県", "Fukui"},       {"山梨県", "Yamanashi"}, {"長野県", "Nagano"},
     {"岐阜県", "Gifu"},     {"静岡県", "Shizuoka"},    {"愛知県", "Aichi"},     {"三重県", "Mie"},
     {"滋賀県", "Shiga"},    {"京都府", "Kyoto"},       {"大阪府", "Osaka"},     {"兵庫県", "Hyogo"},
     {"奈良県", "Nara"},     {"和歌山県", "Wakayama"},  {"鳥取県", "Tottori"},   {"島根県", "Shimane"},
     {"岡山県", "Okayama"},  {"広島県", "Hiroshima"},   {"山口県", "Yamaguchi"}, {"徳島県", "Tokushima"},
     {"香川県", "Kagawa"},   {"愛媛県", "Ehime"},       {"高知県", "Kochi"},     {"福岡県", "Fukuoka"},
     {"佐賀県", "Saga"},     {"長崎県", "Nagasaki"},    {"熊本県", "Kumamoto"},  {"大分県", "Oita"},
     {"宮崎県", "Miyazaki"}, {"鹿児島県", "Kagoshima"}, {"沖縄県", "Okinawa"}}};

namespace {

std::string lower(std::string_view text) {
    std::string small(text);
    for (char& c : small) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return small;
}

// 愛媛県 without its last character, where that is one of 都府県 (3 bytes each); 北海道 stays.
std::string_view stem(std::string_view name) {
    return name == "北海道" ? name : name.substr(0, name.size() - 3);
}

std::string_view without_suffix(std::string_view roman) {
    for (const std::string_view suffix :
         {"-ken", "-to", "-fu", " ken", " to", " fu", " prefecture", " pref.", " pref", "ken", "to", "fu"}) {
        if (roman.ends_with(suffix) && roman.size() > suffix.size())
            return roman.substr(0, roman.size() - suffix.size());
    }
    return roman;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size())
        text.replace(at, from.size(), to);
}

// One spelling for all romanisations: lower case, no length, Kunrei, n before m.
std::string folded(std::string_view roman) {
    std::string text = lower(roman);
    static constexpr std::pair<std::string_view, std::string_view> rules[]{
        {"ō", "o"},   {"ô", "o"},    {"Ō", "o"},    {"Ô", "o"},    {"ū", "u"},    {"û", "u"},
        {"'", ""},    {"shi", "si"}, {"chi", "ti"}, {"tsu", "tu"}, {"fu", "hu"},  {"ji", "zi"},
        {"mm", "nm"}, {"ou", "o"},   {"oo", "o"},   {"uu", "u"},   {"ohs", "os"}, {"ohi", "oi"}};
    for (const auto& [from, to] : rules)
        replace_all(text, from, to);
    return text;
}

} // namespace

Outcome<std::string> spelled(std::string_view text) {
    const std::string_view start = text.substr(0, 40); // of more, nothing is near
    const std::string small = lower(start);
    const std::string_view roman = without_suffix(small);
    for (const Prefecture& one : prefectures) { // "Kyoto" is whole, "Osakafu" is not
        if (text == one.name || text == stem(one.name) || folded(small) == folded(one.roman))
            return std::string(one.name);
    }
    for (const Prefecture& one : prefectures) {
        if (folded(roman) == folded(one.roman))
            return std::string(one.name);
    }
    const Prefecture* nearest = nullptr;
    std::size_t least = 0;
    for (const Prefecture& one : prefectures) {
        const std::size_t edits =
            std::min({edit_distance(start, one.name), edit_distance(start, stem(one.name)),
                      edit_distance(roman, lower(one.roman))});
        if (nearest == nullptr || edits < least) {
            nearest = &one;
            least = edits;
        }
    }
    const bool near = nearest != nullptr && text.size() <= 40 && least <= 3;
    return trouble(exit_usage, "unknown_prefecture",
                   {"「" + std::string(start) + "」という都道府県はありません。",
                    "there is no prefecture '" + std::string(start) + "'"},
                   {near ? "「" + std::string(nearest->name) + "」のことですか。" : "例: --prefecture 愛媛県",
                    near ? "did you mean " + std::string(nearest->name) + "?" : "e.g. --prefecture 愛媛県"});
}

} // namespace kaomon::introduction
