#include "tools/clinic/introduction/bureau.hpp"
#include "tools/clinic/introduction/prefecture.hpp"

#include <gtest/gtest.h>

namespace kaomon::introduction {
namespace {

std::string all_in(const char* section) {
    std::string list;
    for (const Prefecture& one : prefectures)
        list += (list.empty() ? "\"" : ", \"") + std::string(one.name) + "\"";
    return "[unknown]\nrequest_day = 1\nrequest_months_before = 2\ndesignation_day = "
           "9\ndesignation_months_before = 1\n[one]\nname = \"x\"\nprefectures = [" +
           list + "]\n" + section;
}

TEST(Bureaus, EveryPrefectureHasItsOwn) {
    const Bureaus& bureaus = Bureaus::built_in();
    EXPECT_EQ(bureaus.all().size(), 8U);
    EXPECT_EQ(bureaus.of("愛媛県").name.ja, "四国厚生支局");
    EXPECT_EQ(bureaus.of("広島県").name.ja, "中国四国厚生局");
    EXPECT_EQ(bureaus.of("福井県").name.ja, "近畿厚生局");
    EXPECT_EQ(bureaus.of("新潟県").name.ja, "関東信越厚生局");
    EXPECT_EQ(bureaus.of("沖縄県").name.ja, "九州厚生局");
    EXPECT_EQ(bureaus.of("三重県").name.ja, "東海北陸厚生局");
    EXPECT_FALSE(bureaus.of("愛知県").designation_in("愛知県").certain) << "has a list of its own";
}

TEST(Bureaus, CertainIsOnlyWhatHasASourceAndADay) {
    for (const Bureau& bureau : Bureaus::built_in().all()) {
        for (const std::string& prefecture : bureau.prefectures) {
            for (const DayRule* rule : {&bureau.request, &bureau.designation_in(prefecture)}) {
                EXPECT_TRUE(!rule->certain ||
                            (!rule->source.ja.empty() && !rule->url.empty() && rule->dated && rule->seen))
                    << prefecture;
                EXPECT_FALSE(rule->certain && rule != &bureau.designation && !rule->closed && rule->day != 0)
                    << prefecture << ": nobody knows which way a closed day moves";
            }
        }
    }
}

TEST(Bureaus, EveryOneCanBeAsked) {
    for (const Bureau& bureau : Bureaus::built_in().all())
        EXPECT_TRUE(bureau.url.find("://kouseikyoku.mhlw.go.jp/") != std::string::npos) << bureau.name.ja;
    using namespace std::chrono;
    EXPECT_GE(Bureaus::built_in().collected(), Date(2026y / November / 25));
}

TEST(Bureaus, RefusesRulesThatCannotBe) {
    EXPECT_TRUE(Bureaus::parse(all_in("")));
    for (const char* wrong :
         {"request_day = 31\n", "request_day = \"soon\"\n",
          "request_day = 1\nrequest_closed = \"sideways\"\n", "designation_by_prefecture = [\"愛媛県 20\"]\n",
          "designation_by_prefecture = [\"愛媛県 40 next\"]\n", "request_seen = \"2024\"\n",
          "request_dated = 2024-02-30\n", "request_url = \"javascript:1\"\n", "url = 5\n",
          "[two]\nname = \"y\"\nprefectures = [\"愛媛県\"]\n", "name = 3\n", "x = [1"})
        EXPECT_FALSE(Bureaus::parse(all_in(wrong))) << wrong;
    EXPECT_FALSE(Bureaus::parse(""));
    EXPECT_FALSE(Bureaus::parse("[unknown]\nrequest_day = 1\n")) << "prefectures without a bureau";
    EXPECT_FALSE(Bureaus::parse(std::string(70'000, '#')));
}

TEST(Prefecture, IsUnderstoodAsPeopleWriteIt) {
    for (const char* text : {"愛媛県", "愛媛", "Ehime", "ehime", "Ehime-ken"})
        EXPECT_EQ(spelled(text).value_or(""), "愛媛県") << text;
    EXPECT_EQ(spelled("北海道").value_or(""), "北海道");
    const std::pair<const char*, const char*> roman[]{
        {"Tokyo", "東京都"},      {"Tōkyō", "東京都"},
        {"Toukyou", "東京都"},    {"Osaka", "大阪府"},
        {"Ohsaka", "大阪府"},     {"Osakafu", "大阪府"},
        {"Hyogo", "兵庫県"},      {"HYŌGO", "兵庫県"},
        {"Hyougo-ken", "兵庫県"}, {"Oita", "大分県"},
        {"Ooita", "大分県"},      {"Ohita Ken", "大分県"},
        {"Kyoto", "京都府"},      {"Kyoto-fu", "京都府"},
        {"Kouchi", "高知県"},     {"Gumma", "群馬県"},
        {"Sizuoka", "静岡県"},    {"Tiba", "千葉県"},
        {"Hukuoka", "福岡県"},    {"Kumamoto", "熊本県"},
        {"Hokkaidō", "北海道"},   {"Tochigi Prefecture", "栃木県"}};
    for (const auto& [text, name] : roman)
        EXPECT_EQ(spelled(text).value_or(""), name) << text;
    for (const Prefecture& one : prefectures)
        EXPECT_EQ(spelled(one.roman).value_or(""), one.name) << one.roman;
    EXPECT_EQ(spelled("Tokyo-to").value_or(""), "東京都");
    EXPECT_EQ(spelled("京都").value_or(""), "京都府");
    const auto wrong = spelled("Ehimee");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().next.ja, "「愛媛県」のことですか。");
    EXPECT_FALSE(spelled(""));
    EXPECT_FALSE(spelled(std::string(100'000, 'x')));
}

} // namespace
} // namespace kaomon::introduction
