#include "tools/clinic/introduction/plan.hpp"

#include "tools/clinic/introduction/holiday.hpp"
#include "tools/clinic/introduction/steps.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kaomon::introduction {
namespace {

using namespace std::chrono;

constexpr int submit_day = 15; // of the month two months before the designation: the notice, step 6

constexpr Date notice_seen = 2026y / November / 25;

Text notice() {
    return {"導入の案内（九つの手順、確認日: " + day_text(notice_seen).ja + "）",
            "the introduction notice (seen " + day_text(notice_seen).en + ")"};
}

Text source_of(const DayRule& rule) {
    if (rule.source.ja.empty())
        return {"公表された期限が見つかっていません。知られている中で一番早い期限に合わせた目安です",
                "no published day was found; the earliest of the known ones is shown"};
    Text when;
    if (rule.dated)
        when = {day_text(*rule.dated).ja + "付", "of " + day_text(*rule.dated).en};
    if (rule.seen)
        when = {when.ja + (when.ja.empty() ? "" : "、") + "確認日: " + day_text(*rule.seen).ja,
                when.en + (when.en.empty() ? "" : ", ") + "seen " + day_text(*rule.seen).en};
    return when.ja.empty()
               ? rule.source
               : Text{rule.source.ja + "（" + when.ja + "）", rule.source.en + " (" + when.en + ")"};
}

// The page on which the rule stands, and where nothing is known for certain the bureau's own.
std::vector<Link> links_of(const DayRule& rule, const Bureau& bureau) {
    std::vector<Link> links;
    if (!rule.url.empty())
        links.push_back({rule.source, rule.url});
    if (!rule.certain && !bureau.url.empty() && bureau.url != rule.url)
        links.push_back({{bureau.name.ja + "のホームページ", "page of the " + bureau.name.en}, bureau.url});
    return links;
}

struct Days {
    Date order_by, request_by, reply_by, submit_by, designation_by;
};

Days days_of(const Bureau& bureau, std::string_view prefecture, Month open) {
    Days days{};
    days.order_by = open_day((open - months(3)) / day(1), Shift::previous);
    days.request_by = bureau.request.of(open);
    // No rule which way the 15th moves was found: the open day before it is safe.
    days.submit_by = open_day((open - months(2)) / day(submit_day), Shift::previous);
    if (bureau.reply) {
        DayRule reply = *bureau.reply;
        reply.closed = reply.closed.value_or(Shift::next); // an answer comes rather later than earlier
        days.reply_by = std::min(reply.of(open), days.submit_by);
    } else {
        days.reply_by = std::min(open_day(add_days(days.request_by, 1), Shift::next), days.submit_by);
    }
    days.designation_by = bureau.designation_in(prefecture).of(open);
    return days;
}

// The first opening month for which nothing that is still to be done is past its day. A guess that has passed
// is no such day: the bureau is asked (Step::ask_today). The 15th and the opening itself are walls for
// everybody.
Month first_possible(const Bureau& bureau, const Asked& asked, const Record& record) {
    Month open = asked.open;
    const bool designation_certain = bureau.designation_in(asked.prefecture).certain;
    for (int tried = 0; tried < 48; ++tried, open += months(1)) {
        const Days days = days_of(bureau, asked.prefecture, open);
        const auto missed = [&](int step, Date latest) {
            return !record.contains(step) && asked.today > latest;
        };
        const Date request_wall = bureau.request.certain ? days.request_by : days.submit_by;
        const Date designation_wall =
            designation_certain ? days.designation_by : add_days(open / std::chrono::day(1), -1);
        if (!missed(5, request_wall) && !missed(6, days.submit_by) && !missed(7, days.submit_by) &&
            !missed(8, days.submit_by) && !missed(9, designation_wall))
            return open;
    }
    return open;
}

} // namespace

bool Step::ask_again(Date today) const {
    return !source_dated || days_between(*source_dated, today) > source_good_for;
}

Text source_age_text(const Step& step, Date today) {
    if (!step.source_dated)
        return {"公表された資料なし", "no published source"};
    const int all = std::max(0, days_between(*step.source_dated, today)) * 12 / source_good_for;
    const int whole_years = all / 12, rest = all % 12;
    if (all == 0)
        return {"この1か月以内の情報", "not a month old"};
    Text age;
    if (whole_years > 0)
        age = {fmt::format("{}年", whole_years), fmt::format("{} y ", whole_years)};
    if (rest > 0)
        age = {age.ja + fmt::format("{}か月", rest), age.en + fmt::format("{} mo ", rest)};
    return {age.ja + "前の情報", age.en + "old"};
}

Text together_text(const Step& step) {
    if (step.together.empty())
        return {};
    return {fmt::format(
                "⑥⑦⑧は同じ期間です: {}から{}まで、開庁日は{}日だけです。三つとも、この間に続けて済ませます。",
                day_text(step.earliest).ja, day_text(step.latest).ja, step.open_days),
            fmt::format(
                "steps 6, 7 and 8 share the same days: {} to {}, only {} of them open; do all three there",
                day_text(step.earliest).en, day_text(step.latest).en, step.open_days)};
}

Outcome<Plan> make_plan(const Bureaus& bureaus, const Asked& asked, const Record& record) {
    if (int(asked.open.year()) < first_year || int(asked.open.year()) > last_year ||
        asked.open - months(3) < Month(year(first_year), January))
        return trouble(
            exit_usage, "impossible_month",
            {"診療開始月 " + iso(asked.open) + " の日程は作れません。",
             "no plan can be made for " + iso(asked.open)},
            {"2024年4月から2050年12月までの月を指定してください。", "name a month from 2024-04 to 2050-12"});
    const Bureau& bureau = bureaus.of(asked.prefecture);
    const Days days = days_of(bureau, asked.prefecture, asked.open);
    Plan plan{.asked = asked,
              .bureau = bureau.name,
              .bureau_note = bureau.note,
              .steps = described_steps(bureau.name, asked.kind),
              .reply = bureau.reply ? std::optional(days.reply_by) : std::nullopt,
              .first_possible = first_possible(bureau, asked, record)};
    const Text guide{notice().ja + "の目安", "a guide of " + notice().en};
    const Text by_notice{notice().ja + "。休みの日に当たるときは前の開庁日を安全な日として示しています",
                         notice().en + "; where it is a closed day, the open day before it is shown as safe"};
    const DayRule& designation = bureau.designation_in(asked.prefecture);
    const auto set = [&](int number, Date from, Date latest, bool hard, bool certain, const Text& source) {
        Step& step = plan.steps[static_cast<std::size_t>(number - 1)];
        step.earliest = std::min(std::max(from, asked.today), latest);
        step.latest = latest;
        step.hard = hard;
        step.certain = certain;
        step.source = source;
        if (const auto found = record.find(number); found != record.end())
            step.done = found->second;
    };
    const auto dated = [](const DayRule& rule) { return rule.dated ? rule.dated : rule.seen; };
    const Date begin = asked.today;
    for (const int number : {1, 2, 3, 4})
        set(number, begin, days.order_by, false, true, guide);
    set(5, begin, days.request_by, true, bureau.request.certain, source_of(bureau.request));
    for (const int number : {6, 7, 8})
        set(number, days.reply_by, days.submit_by, true, true, by_notice);
    set(9, first_open_day(asked.open - months(designation.months_before)), days.designation_by, true,
        designation.certain, source_of(designation));
    for (Step& step : plan.steps)
        step.source_dated = notice_seen;
    for (const auto& [number, rule] : {std::pair{5, &bureau.request}, std::pair{9, &designation}}) {
        Step& step = plan.steps[static_cast<std::size_t>(number - 1)];
        step.links = links_of(*rule, bureau);
        step.source_dated = dated(*rule);
    }
    for (const int number : {6, 7, 8}) {
        Step& step = plan.steps[static_cast<std::size_t>(number - 1)];
        step.together = {6, 7, 8};
        step.open_days = open_days(step.earliest, step.latest);
    }
    return plan;
}

} // namespace kaomon::introduction
