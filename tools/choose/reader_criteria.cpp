#include "proto/reason.hpp"
#include "tools/choose/criterion_writer.hpp"
#include "tools/choose/limits.hpp"
#include "tools/choose/quantile.hpp"
#include "tools/choose/reader_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace kaomon::choose {
namespace {

void add_identity(CriterionWriter& writer, const ReaderFacts& facts) {
    const UsbReader& usb = *facts.usb;
    const std::string who =
        fmt::format("{} {} {} (firmware {})", usb_id(usb), usb.maker, usb.name, usb.firmware);
    writer.add(
        {.word = "usb", .name = {"USB の素性", "USB identity"}, .shown = {who, who}, .grade = Grade::pass});
}

// The worse of what the driver's list and our own table say.
void add_support(CriterionWriter& writer, const ReaderFacts& facts) {
    Criterion one{.word = "support", .name = {"Linux での対応", "support on Linux"}, .grade = Grade::pass};
    if (facts.known && facts.known->support != Support::should_work) {
        one.grade = Grade::fail;
        one.shown = facts.known->support == Support::unsupported ? Text{"対応外", "unsupported"}
                                                                 : Text{"ドライバーなし", "no driver"};
        one.reason = {facts.known->name + "は、Linux のドライバーの対応外です。",
                      facts.known->name + " is not supported on Linux"};
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
    if (facts.known && !facts.known->note.ja.empty()) {
        one.shown.ja += "。" + facts.known->note.ja;
        one.shown.en += "; " + facts.known->note.en;
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
