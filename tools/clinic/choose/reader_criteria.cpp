#include "proto/reason.hpp"
#include "tools/clinic/choose/criterion_writer.hpp"
#include "tools/clinic/choose/limits.hpp"
#include "tools/clinic/choose/quantile.hpp"
#include "tools/clinic/choose/reader_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace kaomon::choose {
namespace {

using card::pcsc::Certainty;
using card::pcsc::OtherSlots;
using card::pcsc::Quirk;
using card::pcsc::Support;

void add_identity(CriterionWriter& writer, const ReaderFacts& facts) {
    const UsbReader& usb = *facts.usb;
    const std::string who =
        fmt::format("{} {} {} (firmware {})", usb_id(usb), usb.maker, usb.name, usb.firmware);
    writer.add(
        {.word = "usb", .name = {"USB の素性", "USB identity"}, .shown = {who, who}, .grade = Grade::pass});
}

// The worse of what the installed driver's list and our own driver's table say.
void add_support(CriterionWriter& writer, const ReaderFacts& facts) {
    Criterion one{.word = "support", .name = {"Linux での対応", "support on Linux"}, .grade = Grade::pass};
    const Support known = facts.known != nullptr ? facts.known->support : Support::not_stated;
    if (known == Support::unsupported || known == Support::no_driver) {
        const std::string model(facts.known->model);
        one.grade = Grade::fail;
        one.shown = known == Support::unsupported ? Text{"CCID ドライバーの作者が対応外としている",
                                                         "unsupported, says the author of the CCID driver"}
                                                  : Text{"CCID ではなく、Linux に PC/SC のドライバーがない",
                                                         "no CCID device, no PC/SC driver on Linux"};
        one.reason = {model + "は、Linux のドライバーの対応外です。", model + " is not supported on Linux"};
    } else if (facts.listed_as.empty()) {
        one.grade = Grade::conditional;
        one.shown = {"ドライバーの一覧にない", "not in the driver's list"};
        one.reason = {
            "入っている CCID ドライバーの一覧にない機種なので、販売元に Linux での動作保証を求めてください。",
            "the installed CCID driver does not list it: ask the vendor to guarantee Linux"};
    } else {
        one.shown = {"ドライバーの一覧にある: " + facts.listed_as,
                     "listed by the driver: " + facts.listed_as};
    }
    writer.add(std::move(one));
}

void add_device(CriterionWriter& writer, const ReaderFacts& facts) {
    add_identity(writer, facts);
    add_support(writer, facts);
    writer.add({.word = "slots",
                .name = {"カードの口", "slots"},
                .value = static_cast<double>(facts.slots),
                .shown = {fmt::format("{} 個", facts.slots), std::to_string(facts.slots)},
                .grade = Grade::pass});
    if (!facts.usb->ccid)
        return;
    static const std::map<Exchange, Text> levels{{Exchange::character, {"文字単位", "character"}},
                                                 {Exchange::tpdu, {"TPDU", "TPDU"}},
                                                 {Exchange::short_apdu, {"短い APDU", "short APDU"}},
                                                 {Exchange::extended_apdu, {"長い APDU", "extended APDU"}}};
    const CcidDescriptor& ccid = *facts.usb->ccid;
    const Text& level = levels.at(ccid.exchange);
    const bool poor = ccid.exchange == Exchange::character;
    writer.add({.word = "exchange",
                .name = {"交換の単位", "exchange level"},
                .value = static_cast<double>(ccid.largest_message),
                .unit = "B",
                .shown = {fmt::format("{}（1 通 {} バイトまで）", level.ja, ccid.largest_message),
                          fmt::format("{} (messages up to {} bytes)", level.en, ccid.largest_message)},
                .grade = poor ? Grade::conditional : Grade::pass,
                .reason = poor ? Text{"1 文字ずつしか送れない古い方式です。",
                                      "an old one that carries single characters"}
                               : Text{}});
}

Text slots_text(OtherSlots slots) {
    switch (slots) {
    case OtherSlots::none:
        break;
    case OtherSlots::sam:
        return {"SAM 用の差込口も 1 台のリーダーに見えます。", "its SAM slot shows as a reader of its own. "};
    case OtherSlots::contact:
        return {"接触と非接触の 2 台のリーダーに見えます。",
                "shows as two readers, contact and contactless. "};
    case OtherSlots::contact_only:
        return {"カードを差し込む型です。", "a contact reader. "};
    }
    return {};
}

Text certainty_text(Certainty certainty) {
    switch (certainty) {
    case Certainty::verified:
        return {"資料で確認", "documented"};
    case Certainty::stated:
        return {"報告一件", "one report"};
    case Certainty::tried:
        break;
    }
    return {"Kaomon で確認", "tried by us"};
}

// What the card driver knows of it and goes by. No grade: what it costs is measured.
void add_quirks(CriterionWriter& writer, const Quirk& known) {
    Text shown = slots_text(known.other_slots);
    if (known.largest_block != 0) {
        shown.ja +=
            fmt::format("一度に {} バイトまでしか読みません（それより長い命令を運べないリーダーです）。",
                        known.largest_block);
        shown.en +=
            fmt::format("is never asked for more than {} bytes at once: it cannot carry longer commands. ",
                        known.largest_block);
    }
    if (known.is_virtual) {
        shown.ja += "仮想のリーダーです。";
        shown.en += "a virtual reader. ";
    }
    if (shown.ja.empty())
        return;
    const Text sure = certainty_text(known.certainty);
    shown.ja += fmt::format("（{}、{}: {}）", known.model, sure.ja, known.source);
    shown.en += fmt::format("({}, {}: {})", known.model, sure.en, known.source);
    writer.add({.word = "quirks",
                .name = {"知られていること", "known of it"},
                .shown = std::move(shown),
                .grade = Grade::pass});
}

void add_contactless(CriterionWriter& writer, const ReaderFacts& facts) {
    Criterion one{.word = "contactless", .name = {"非接触", "contactless"}};
    if (facts.contactless) {
        one.grade = *facts.contactless ? Grade::pass : Grade::conditional;
        one.shown = *facts.contactless ? Text{"かざす・置くだけ", "put down or held over"}
                                       : Text{"差し込む", "put in"};
        if (!*facts.contactless)
            one.reason = {"カードを差し込む型なので、抜き忘れと接点の傷みを見込んでください。",
                          "a contact reader: reckon with cards left in it and with worn contacts"};
    }
    writer.add(std::move(one));
}

void add_block(CriterionWriter& writer, const ReaderFacts& facts) {
    Criterion one{.word = "largest_block", .name = {"一度に運べる量", "largest block"}, .unit = "B"};
    if (facts.largest_block != 0) {
        const auto size = static_cast<double>(facts.largest_block);
        one.value = size;
        one.grade = grade_at_least(size, block_limit);
        const std::string bytes = std::to_string(facts.largest_block);
        if (one.grade == Grade::conditional)
            one.reason = {"一度に " + bytes + " バイトしか運べないので、設定 [card] read_block = " + bytes +
                              " が要り、読み取りが遅くなります。",
                          "carries " + bytes + " bytes at once: needs [card] read_block = " + bytes +
                              ", and reads more slowly"};
        if (one.grade == Grade::fail)
            one.reason = {"一度に " + bytes + " バイトしか運べず、顔写真の読み取りに向きません。",
                          "carries no more than " + bytes + " bytes at once: unfit to read the photograph"};
    }
    writer.add(std::move(one));
}

Text cause_of(const std::map<Reason, int>& lost) {
    const auto most = std::ranges::max_element(lost, {}, [](const auto& one) { return one.second; });
    if (most->first == Reason::no_card)
        return {"置いたカードに気づかない", "the card was not noticed"};
    if (most->first == Reason::card_mute)
        return {"カードが応答しない", "the card did not answer"};
    if (most->first == Reason::card_removed)
        return {"読み取りの途中で切れる", "contact was lost in the middle"};
    return {"通信の誤り", std::string(word(most->first))};
}

void add_taps(CriterionWriter& writer, const ReaderFacts& facts) {
    Criterion one{.word = "taps", .name = {"置いたカードの取りこぼし", "taps lost"}, .unit = ""};
    if (facts.taps_done > 0) {
        const int lost = facts.taps_lost(), done = facts.taps_done;
        one.value = lost;
        one.shown = {fmt::format("{} 回のうち {} 回", done, lost), fmt::format("{} of {}", lost, done)};
        const double share = static_cast<double>(lost) / done;
        if (lost == 0 && done >= enough_taps)
            one.grade = Grade::pass;
        else if (lost > 0)
            one.grade = share <= lost_share_limit ? Grade::conditional : Grade::fail;
        if (lost > 0) {
            const Text why = cause_of(facts.lost);
            one.reason =
                lost == done
                    ? Text{fmt::format("{} 回置いて、一度も読めませんでした（{}）。", done, why.ja),
                           fmt::format("not one of {} taps was read ({})", done, why.en)}
                    : Text{fmt::format("{} 回置いて {} 回取りこぼしました（{}）。", done, lost, why.ja),
                           fmt::format("{} of {} taps were lost ({})", lost, done, why.en)};
        } else if (one.grade == Grade::not_measured) { // too few to say anything
            one.reason = {
                fmt::format("{} 回しか試していません。{} 回で測り直してください。", done, enough_taps),
                fmt::format("only {} taps were tried: measure again with {}", done, enough_taps)};
        }
    }
    writer.add(std::move(one));
}

void add_unplug(CriterionWriter& writer, const ReaderFacts& facts) {
    using enum ReaderFacts::Unplug;
    Criterion one{.word = "unplug", .name = {"抜き差し", "unplugged and back"}};
    switch (facts.unplug) {
    case not_tried:
        break;
    case not_noticed:
        one.shown = {"抜いても気づかない", "not noticed"};
        one.grade = Grade::conditional;
        one.reason = {"抜かれたことに気づかないので、動かないときの原因が分かりにくくなります。",
                      "it is not noticed when it is unplugged: trouble will be hard to explain"};
        break;
    case not_back:
        one.shown = {"戻らない", "does not come back"};
        one.grade = Grade::fail;
        one.reason = {"抜き差しすると、再起動するまで使えません。",
                      "after it is unplugged it stays away until a restart"};
        break;
    case back:
        one.shown = {"気づいて、戻る", "noticed, and back"};
        one.grade = Grade::pass;
        break;
    }
    writer.add(std::move(one));
}

} // namespace

int ReaderFacts::taps_lost() const {
    return std::accumulate(lost.begin(), lost.end(), 0,
                           [](int sum, const auto& one) { return sum + one.second; });
}

Measurement measurement_of(const ReaderFacts& facts, std::string name, Date on) {
    Measurement result{.device = Device::reader,
                       .name = std::move(name),
                       .id = facts.reader + (facts.usb ? " [" + usb_id(*facts.usb) + "]" : ""),
                       .simulated = facts.simulated,
                       .on = on,
                       .criteria = {},
                       .series = {}};
    CriterionWriter writer(result);
    if (facts.usb)
        add_device(writer, facts);
    if (facts.known != nullptr)
        add_quirks(writer, *facts.known);
    add_taps(writer, facts);
    add_contactless(writer, facts);
    add_block(writer, facts);
    writer.add_time({"photo_read", {"顔写真の読み取り", "reading the photograph"}}, facts.photo, photo_limit,
                    {"顔写真の読み取りに {} ms かかり、患者さんを待たせます。",
                     "the photograph takes {} ms: patients will wait"});
    if (!facts.photo_large.empty())
        writer.add_series({"photo_read_large",
                           {fmt::format("顔写真の読み取り（{} バイトずつ）", facts.largest_block),
                            fmt::format("reading the photograph, {} bytes at once", facts.largest_block)}},
                          facts.photo_large);
    writer.add_time(
        {"free_data", {"番号の要らない読み取り", "what needs no number"}}, facts.free_data, free_data_limit,
        {"カードを置いてから最初の読み取りに {} ms かかります。", "the first reading takes {} ms"});
    writer.add_time({"atr", {"置いてから応答まで", "tap to answer"}}, facts.atr, atr_limit,
                    {"カードに気づいてから応答まで {} ms かかります。", "from card to answer {} ms"});
    writer.add_time({"round_trip", {"1 命令の往復", "one command and back"}}, facts.round_trip,
                    round_trip_limit,
                    {"1 命令の往復に {} ms かかる遅いリーダーです。", "slow: {} ms for one command"});
    add_unplug(writer, facts);
    if (facts.ended)
        writer.add_end(*facts.ended);
    return result;
}

} // namespace kaomon::choose
