#include "tools/clinic/choose/ranking.hpp"
#include "tools/clinic/choose/reader_facts.hpp"

#include <gtest/gtest.h>

namespace kaomon::choose {
namespace {

using namespace std::chrono;

const Date day = 2026y / November / 25;

// A reader with which everything is in order.
ReaderFacts good() {
    ReaderFacts facts;
    facts.reader = "SONY FeliCa RC-S300/S (0123456) 00 00";
    facts.usb = UsbReader{0x054C,      0x0DC8, "SONY",
                          "RC-S300/S", "1.00", CcidDescriptor{1, Exchange::extended_apdu, 522, false, true}};
    facts.listed_as = "SONY FeliCa RC-S300/S";
    facts.contactless = true;
    facts.largest_block = 256;
    facts.taps_wanted = facts.taps_done = 50;
    facts.atr = std::vector<double>(50, 120);
    facts.free_data = std::vector<double>(10, 400);
    facts.round_trip = std::vector<double>(100, 9);
    facts.photo = std::vector<double>(5, 900);
    facts.unplug = ReaderFacts::Unplug::back;
    return facts;
}

Ranked verdict(const ReaderFacts& facts) {
    static Measurement measured;
    measured = measurement_of(facts, "A", day);
    return judge(measured);
}

TEST(ReaderCriteria, AGoodReaderPasses) {
    EXPECT_EQ(verdict(good()).grade, Grade::pass) << verdict(good()).reason.en;
    const Measurement measured = measurement_of(good(), "A", day);
    EXPECT_EQ(measured.id, "SONY FeliCa RC-S300/S (0123456) 00 00 [054c:0dc8]");
    EXPECT_EQ(measured.simulated, "");
    EXPECT_EQ(measured.find("photo_read")->value, 900);
    EXPECT_EQ(measured.series_of("round_trip")->samples.size(), 100U);
}

TEST(ReaderCriteria, EachFlawHasItsGradeAndItsSentence) {
    struct Case {
        const char* what;
        std::function<void(ReaderFacts&)> flaw;
        Grade grade;
        const char* said; // part of the English sentence
    };
    const std::vector<Case> cases{
        {"one tap of 50", [](ReaderFacts& f) { f.lost[Reason::no_card] = 1; }, Grade::conditional, "1 of 50"},
        {"five of 50", [](ReaderFacts& f) { f.lost[Reason::card_removed] = 5; }, Grade::fail, "5 of 50"},
        {"all of 50", [](ReaderFacts& f) { f.lost[Reason::card_mute] = 50; }, Grade::fail, "not one of 50"},
        {"ten taps", [](ReaderFacts& f) { f.taps_done = 10; }, Grade::conditional, "measure again with 50"},
        {"128 bytes", [](ReaderFacts& f) { f.largest_block = 128; }, Grade::conditional, "read_block = 128"},
        {"32 bytes", [](ReaderFacts& f) { f.largest_block = 32; }, Grade::fail, "no more than 32 bytes"},
        {"slow photo", [](ReaderFacts& f) { f.photo = {3100, 3000, 3200}; }, Grade::conditional, "3100 ms"},
        {"very slow photo", [](ReaderFacts& f) { f.photo = {5000}; }, Grade::fail, "5000 ms"},
        {"slow commands", [](ReaderFacts& f) { f.round_trip = {25}; }, Grade::conditional,
         "25 ms for one command"},
        {"contacts", [](ReaderFacts& f) { f.contactless = false; }, Grade::conditional, "a contact reader"},
        {"not back", [](ReaderFacts& f) { f.unplug = ReaderFacts::Unplug::not_back; }, Grade::fail,
         "restart"},
        {"no photo read", [](ReaderFacts& f) { f.photo.clear(); }, Grade::conditional, "not measured"},
        {"unknown to the driver", [](ReaderFacts& f) { f.listed_as.clear(); }, Grade::conditional,
         "guarantee Linux"},
        {"unsupported",
         [](ReaderFacts& f) { f.known = card::pcsc::find_quirk("", card::pcsc::UsbId{0x072F, 0x2200}); },
         Grade::fail, "not supported on Linux"},
        {"vanished", [](ReaderFacts& f) { f.ended = Reason::no_reader; }, Grade::fail, "went away"},
        {"ended by the person", [](ReaderFacts& f) { f.ended = Reason::cancelled; }, Grade::conditional,
         "measure the rest"},
    };
    for (const Case& one : cases) {
        ReaderFacts facts = good();
        one.flaw(facts);
        const Ranked ranked = verdict(facts);
        EXPECT_EQ(ranked.grade, one.grade) << one.what;
        EXPECT_TRUE(ranked.reason.en.contains(one.said)) << one.what << ": " << ranked.reason.en;
        EXPECT_TRUE(ranked.reason.ja.ends_with("。")) << one.what << ": " << ranked.reason.ja;
    }
}

TEST(ReaderCriteria, SaysWhatTheDriverKnowsOfIt) {
    const auto said = [](std::string_view name, std::optional<card::pcsc::UsbId> usb) {
        ReaderFacts facts = good();
        facts.known = card::pcsc::find_quirk(name, usb);
        const Measurement measured = measurement_of(facts, "A", day);
        const Criterion* known = measured.find("quirks");
        return known == nullptr ? Text{} : known->shown;
    };
    EXPECT_EQ(said("", card::pcsc::UsbId{0x054C, 0x0DC8}), Text{}) << "nothing odd";
    EXPECT_TRUE(said("", card::pcsc::UsbId{0x072F, 0x223B}).en.contains("SAM slot"));
    const Text limited = said("ACS ACR1281 1S Dual Reader 00 00", {});
    EXPECT_TRUE(limited.en.contains("more than 256 bytes")) << limited.en;
    EXPECT_TRUE(limited.en.contains("(ACS ACR1281 1S Dual Reader, one report: ")) << limited.en;
    EXPECT_TRUE(limited.ja.contains("256 バイト")) << limited.ja;
    EXPECT_TRUE(said("Virtual PCD 00 00", {}).en.contains("virtual reader"));
}

TEST(ReaderCriteria, AVirtualReaderHasNoUsbToBeJudgedBy) {
    ReaderFacts facts = good();
    facts.usb.reset();
    facts.listed_as.clear();
    facts.simulated = "virtual reader";
    EXPECT_EQ(verdict(facts).grade, Grade::pass) << verdict(facts).reason.en;
    EXPECT_EQ(measurement_of(facts, "A", day).simulated, "virtual reader");
    EXPECT_EQ(measurement_of(facts, "A", day).find("support"), nullptr);
}

} // namespace
} // namespace kaomon::choose
