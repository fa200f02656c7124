#include "drivers/card/mynumber/free_data.hpp"
#include "drivers/card/mynumber/warning.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"
#include "tests/drivers/card/scripted_card.hpp"

namespace kaomon::card::mynumber {
namespace {

using namespace std::chrono_literals;
using test::ScriptedCard;

const std::string select_common = "00A4040C 0A D3921000310001010100";
const std::string select_residence_card = "00A4040C 10 D392F0004F0200000000000000000000";
const std::string select_drivers_licence = "00A4040C 10 A0000002310100000000000000000000";
const std::string select_jpki = "00A4040C 0A D392F000260100000001";
const std::string select_face_check = "00A4040C 0A D3921000310001010402";
// serial 400000012719843, municipality 13221, expiry 20350217: drivers/card/SPEC.md §17
const std::string card_info = "01 1C 343030303030303132373139383433 3133323231 3230333530323137 9000";

std::string label(std::string_view text) {
    std::string padded(text);
    padded.resize(32, ' ');
    return to_hex(Bytes(padded.begin(), padded.end())) + " 9000";
}

std::string outcome(CardTransaction& card, Date day = test::today) {
    const auto data = read_free_data(card, day);
    return data ? "read" : std::string(word(data.error().reason));
}

TEST(FreeData, OfASimulatedCard) {
    simulated::Card issued(test::issued().contents);
    test::HeldCard card(issued);
    const auto data = read_free_data(card, test::today);
    ASSERT_TRUE(data) << data.error().detail;
    EXPECT_EQ(data->generation, &current_generation);
    EXPECT_EQ(data->card_expiry, 2035y / 2 / 17);
    ASSERT_TRUE(data->sign_in_certificate_end);
    EXPECT_EQ(*data->sign_in_certificate_end, 2031y / 2 / 17);
    EXPECT_EQ(data->signer_certificate.size(), 568U);
    EXPECT_EQ(hierarchy_named_by(data->signer_certificate), Hierarchy::simulated);
    EXPECT_EQ(data->tries_left, 10);
    EXPECT_EQ(card.verifies, 0);
}

TEST(FreeData, TellsTheTriesOfThePinWhereOneMayBeAskedFor) {
    auto contents = test::issued().contents;
    simulated::Card issued(contents);
    test::HeldCard card(issued);
    EXPECT_FALSE(read_free_data(card, test::today)->pin_tries_left) << "two commands that nobody needs";
    const auto data = read_free_data(card, test::today, true);
    ASSERT_TRUE(data) << data.error().detail;
    EXPECT_EQ(data->pin_tries_left, 3);
    EXPECT_EQ(card.verifies, 0);
}

// A card that does not tell them is read all the same: the guard asks once more before the VERIFY.
TEST(FreeData, WithoutThePinsTriesTheVisitGoesOn) {
    for (const auto& [answer, left] : {std::pair{"63C2", std::optional<std::uint8_t>(2)},
                                       {"6983", 0},
                                       {"6300", std::nullopt},
                                       {"6F00", std::nullopt}}) {
        const std::string signer = "7F21 03 5A01AA";
        ScriptedCard card{{select_common, "9000"},
                          {"00A4020C 02 0001", "9000"},
                          {"00B20104 00", card_info},
                          {select_jpki, "9000"},
                          {"00A4020C 02 000A", "9000"},
                          {"00B00000 00", "30 03 020101 6282"},
                          {"00A4020C 02 0018", "9000"},
                          {"00200080", answer},
                          {select_face_check, "9000"},
                          {"00A4020C 02 0004", "9000"},
                          {"00B00000 00", signer + "FF 6282"},
                          {"00A4020C 02 0012", "9000"},
                          {"00200080", "63C7"}};
        const auto data = read_free_data(card, test::today, true);
        ASSERT_TRUE(data) << answer << data.error().detail;
        EXPECT_EQ(data->pin_tries_left, left) << answer;
    }
}

// Byte for byte the order of drivers/card/SPEC.md §15, with a JPKI application that keeps its certificate to
// itself.
TEST(FreeData, SendsTheCommandsOfTheSafeOrder) {
    const std::string certificate = "7F21 03 5A01AA";
    ScriptedCard card{{select_common, "9000"},      {"00A4020C 02 0001", "9000"},
                      {"00B20104 00", card_info},   {select_jpki, "9000"},
                      {"00A4020C 02 000A", "6A82"}, {select_face_check, "9000"},
                      {"00A4020C 02 0004", "9000"}, {"00B00000 00", certificate + "FF 6282"},
                      {"00A4020C 02 0012", "9000"}, {"00200080", "63C7"}};
    const auto data = read_free_data(card, test::today);
    ASSERT_TRUE(data) << data.error().detail;
    EXPECT_EQ(data->card_expiry, 2035y / 2 / 17);
    EXPECT_FALSE(data->sign_in_certificate_end);
    EXPECT_EQ(data->tries_left, 7);
    EXPECT_EQ(to_hex(data->signer_certificate), "7f21035a01aa");
}

TEST(FreeData, OtherMediaAreNamed) {
    const auto media = [](std::string_view text) {
        std::vector<ScriptedCard::Step> steps{{select_common, "6A82"},
                                              {select_jpki, "9000"},
                                              {"00A4020C 02 0006", "9000"},
                                              {"00B00000 20", label(text)}};
        if (text == "JPKIAPICCTOKEN2" || text == "SOMETHING ELSE") { // it tells nothing: asked on
            steps.push_back({select_residence_card, "6A82"});
            steps.push_back({select_drivers_licence, "6A82"});
        }
        ScriptedCard card(std::move(steps));
        return outcome(card);
    };
    EXPECT_EQ(media("JPKIAPICCTOKEN"), "juki_card");
    EXPECT_EQ(media("JPKIAPGPSETOKEN"), "phone_has_no_photo");
    EXPECT_EQ(media("JPKIAPIOSTOKEN"), "phone_has_no_photo");
    EXPECT_EQ(media("JPKIAPICCTOKEN2"), "not_my_number_card");
    EXPECT_EQ(media("SOMETHING ELSE"), "not_my_number_card");
}

TEST(FreeData, AnyOtherCardIsNotAMyNumberCard) {
    for (const char* answer : {"6A82", "6A83", "6A88", "6D00", "6E00"}) {
        ScriptedCard card{{select_common, answer},
                          {select_jpki, answer},
                          {select_residence_card, answer},
                          {select_drivers_licence, answer}};
        EXPECT_EQ(outcome(card), "not_my_number_card") << answer;
    }
}

const std::initializer_list<const char*> neither_yes_nor_no{"6F00", "6985", "6999", "6581", "6400", "6300",
                                                            "6700", "6982", "6A81", "6A86", "6283", "9100"};

TEST(FreeData, AWordThatDoesNotSayNotThereIsACardError) {
    for (const char* answer : neither_yes_nor_no) {
        ScriptedCard first{{select_common, answer}};
        EXPECT_EQ(outcome(first), "card_error") << answer;
        ScriptedCard label{{select_common, "6A82"}, {select_jpki, answer}};
        EXPECT_EQ(outcome(label), "card_error") << answer;
        ScriptedCard other{{select_common, "6A82"}, {select_jpki, "6A82"}, {select_residence_card, answer}};
        EXPECT_EQ(outcome(other), "card_error") << answer;
        ScriptedCard face_check{{select_common, "9000"},
                                {"00A4020C 02 0001", "9000"},
                                {"00B20104 00", card_info},
                                {select_jpki, "6A82"},
                                {select_face_check, answer}};
        EXPECT_EQ(outcome(face_check), "card_error") << answer;
    }
}

TEST(FreeData, ACertificateThatWasNotReadIsNotMissing) {
    const auto warned = [](std::vector<ScriptedCard::Step> jpki) {
        std::vector<ScriptedCard::Step> steps{
            {select_common, "9000"}, {"00A4020C 02 0001", "9000"}, {"00B20104 00", card_info}};
        steps.insert(steps.end(), jpki.begin(), jpki.end());
        steps.insert(steps.end(), {{select_face_check, "9000"},
                                   {"00A4020C 02 0004", "9000"},
                                   {"00B00000 00", "7F21 03 5A01AAFF 6282"},
                                   {"00A4020C 02 0012", "9000"},
                                   {"00200080", "63C7"}});
        ScriptedCard card(std::move(steps));
        const auto data = read_free_data(card, test::today);
        const auto warnings = data ? warnings_of(*data, test::today) : std::vector<Warning>{};
        return warnings.empty() ? "" : std::string(word(warnings[0].reason));
    };
    for (const char* answer : neither_yes_nor_no) {
        EXPECT_EQ(warned({{select_jpki, answer}}), "card_error") << answer;
        EXPECT_EQ(warned({{select_jpki, "9000"}, {"00A4020C 02 000A", answer}}), "card_error") << answer;
    }
    EXPECT_EQ(warned({{select_jpki, "9000"}, {"00A4020C 02 000A", "9000"}, {"00B00000 00", "6F00"}}),
              "card_error");
    EXPECT_EQ(warned({{select_jpki, "9000"}, {"00A4020C 02 000A", "9000"}, {"00B00000 00", "3131 6282"}}),
              "card_data_malformed");
    EXPECT_EQ(warned({{select_jpki, "6A82"}}), "sign_in_certificate_missing");
    EXPECT_EQ(warned({{select_jpki, "9000"}, {"00A4020C 02 000A", "6A82"}}), "sign_in_certificate_missing");
}

TEST(FreeData, TheLastDayStillCounts) {
    simulated::Card issued(test::issued().contents);
    test::HeldCard card(issued);
    EXPECT_EQ(outcome(card, 2035y / 2 / 17), "read");
    EXPECT_EQ(outcome(card, 2035y / 2 / 18), "card_expired");
}

TEST(FreeData, ARecordOfAnotherLayoutIsMalformed) {
    for (const char* record :
         {"9000", "01 1C 30 9000", "02 1C 343030303030303132373139383433 3133323231 3230333530323137 9000",
          "01 1C 343030303030303132373139383433 3133323231 3230333531333137 9000",    // month 13
          "01 1C 343030303030303132373139383433 3133323231 3230333530323241 9000"}) { // no digit
        ScriptedCard card{{select_common, "9000"}, {"00A4020C 02 0001", "9000"}, {"00B20104 00", record}};
        EXPECT_EQ(outcome(card), "card_data_malformed") << record;
    }
}

TEST(FreeData, StatusWordsWhereThereMustBeData) {
    ScriptedCard no_file{{select_common, "9000"}, {"00A4020C 02 0001", "6A82"}};
    EXPECT_EQ(outcome(no_file), "card_error");
    ScriptedCard no_record{{select_common, "9000"}, {"00A4020C 02 0001", "9000"}, {"00B20104 00", "6A83"}};
    EXPECT_EQ(outcome(no_record), "card_error");
}

TEST(FreeData, ACardThatIsStillOpenIsRefused) {
    simulated::Card issued(test::issued().contents);
    test::HeldCard card(issued);
    ASSERT_EQ(outcome(card), "read");
    ASSERT_TRUE(card.transmit(test::from_hex("00200080 0E 3535303231373230333532323835")));
    EXPECT_EQ(outcome(card), "card_error");
}

TEST(FreeData, APullAtAnyCommandIsARemovedCard) {
    simulated::Card issued(test::issued().contents);
    int commands = 0;
    {
        test::HeldCard card(issued);
        ASSERT_EQ(outcome(card), "read");
        commands = card.sent;
    }
    for (int at = 0; at < commands; ++at) {
        for (const bool before : {true, false}) {
            test::HeldCard card(issued);
            card.pulled_at = at;
            card.pulled_before = before;
            EXPECT_EQ(outcome(card), "card_removed") << at;
            EXPECT_EQ(card.sent, at + 1); // nothing is sent to a card that is gone
        }
    }
}

} // namespace
} // namespace kaomon::card::mynumber
