#include "tools/clinic/introduction/introduction_page.hpp"

#include "tools/clinic/folder/profile.hpp"
#include "tools/clinic/introduction/advice.hpp"
#include "tools/page/page.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kaomon::introduction {
namespace {

using page::escape;
using page::Mark;

std::string short_day(Date day) {
    return fmt::format("{}/{}", unsigned(day.month()), unsigned(day.day()));
}

// Without the year, which stands beside it in the latest day.
std::string short_day(Language language, Date day) {
    const std::string text = day_text(language, day);
    if (language == Language::japanese)
        return text.substr(text.find("年") + std::string_view("年").size());
    return text.substr(0, text.rfind(' '));
}

// "… （社会保険診療報酬支払基金、電話 …）" without its bracket: a column is narrow.
std::string before_bracket(const std::string& text) {
    return text.substr(0, std::min(text.find("（"), text.find(" (")));
}

std::string circled(int number) {
    const std::string bytes{'\xE2', '\x91', static_cast<char>('\x9F' + number)}; // U+2460 is the first
    return bytes;
}

std::string state(const Step& step, Date today, Language language) {
    if (step.done)
        return page::mark(Mark::good, std::string(say(language, "済 ", "done ")) + short_day(step.done->on));
    if (step.ask_today(today))
        return page::mark(Mark::attention, say(language, "今日、電話で確かめる", "ring the bureau today"));
    if (step.overdue(today))
        return step.hard
                   ? page::mark(Mark::bad, say(language, "期限を過ぎました", "overdue"))
                   : page::mark(Mark::attention, say(language, "目安の日を過ぎました", "past the guide"));
    if (days_between(today, step.latest) <= 14)
        return page::mark(Mark::attention,
                          fmt::format("{}{}{}", say(language, "あと", ""), days_between(today, step.latest),
                                      say(language, "日", " days left")));
    return page::mark(Mark::unknown, say(language, "これから", "to do"));
}

// A bar from earliest to latest for each step; the same facts stand in the table below it.
std::string time_line(const Plan& plan, Language language) {
    // where the bars begin: behind the longest title
    const double left = language == Language::japanese ? 255 : 345;
    constexpr double right = 700, row = 26, top = 30, label = 34; // a day or a month as text
    const Date from = std::min(plan.asked.today, std::ranges::min(plan.steps, {}, &Step::earliest).earliest);
    const Date to = plan.asked.open / std::chrono::day(1);
    const double days = std::max(1, days_between(from, to));
    const auto at = [&](Date day) {
        return left + (right - left) * std::clamp(days_between(from, day) / days, 0.0, 1.0);
    };
    const double bottom = top + row * step_count;
    std::string drawn;
    double free_from = left; // no two names of months on one place
    for (Month month = from.year() / from.month(); month / std::chrono::day(1) <= to;
         month += std::chrono::months(1)) {
        const Date first = std::max(Date(month / std::chrono::day(1)), from);
        drawn +=
            fmt::format(R"(<line x1="{0:.1f}" y1="{1:.1f}" x2="{0:.1f}" y2="{2:.1f}" stroke="#c8ced4"/>)",
                        at(first), top - 6, bottom);
        const bool whole =
            first == to ||
            at(std::min(to, Date((month + std::chrono::months(1)) / std::chrono::day(1)))) - at(first) >=
                label;
        if (whole && at(first) >= free_from) {
            free_from = at(first) + label;
            drawn += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" font-size="12">{}</text>)", at(first) + 2,
                                 top - 10,
                                 escape(say(language, Text{std::to_string(unsigned(month.month())) + "月",
                                                           iso(month).substr(5)})));
        }
    }
    double y = top;
    for (const Step& step : plan.steps) {
        const double begin = at(step.earliest), end = std::max(at(step.latest), begin + 4);
        drawn += fmt::format(R"(<text x="4" y="{:.1f}" font-size="12.5">{} {}</text>)", y + 17,
                             circled(step.number), escape(say(language, step.title)));
        drawn += fmt::format(
            R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="14" rx="3" fill="{}" stroke="#0b5394"{}/>)",
            begin, y + 6, end - begin, step.done ? "#cfe3d4" : "#cfdff0",
            step.certain ? "" : R"( stroke-dasharray="4 3")");
        const bool behind = end + 4 + label <= right, before = begin - 4 - label >= left; // else inside
        drawn += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" font-size="12" text-anchor="{}">{}</text>)",
                             behind   ? end + 4
                             : before ? begin - 4
                                      : end - 4,
                             y + 17, behind ? "start" : "end", short_day(step.latest));
        y += row;
    }
    drawn += fmt::format(
        R"(<line x1="{0:.1f}" y1="{1:.1f}" x2="{0:.1f}" y2="{2:.1f}" stroke="#a1121f" stroke-width="2"/>)",
        at(plan.asked.today), top - 6, bottom + 4);
    drawn += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" font-size="12">{}</text>)", at(plan.asked.today) + 3,
                         bottom + 16, say(language, "今日", "today"));
    const std::string name = escape(say(language, "診療開始までの流れ", "from today to the opening"));
    return "<figure class=\"timeline\"><figcaption>" + name + "</figcaption><svg viewBox=\"0 0 720 " +
           fmt::format("{:.0f}", bottom + 22) + "\" role=\"img\" aria-label=\"" + name + "\">" + drawn +
           "</svg></figure>\n";
}

} // namespace

std::string introduction_page(const Plan& plan, Language language, std::string_view clinic) {
    page::Page page(language, {"オンライン資格確認の導入日程", "Timetable of the introduction"},
                    plan.asked.today);
    // On a telephone its letters would be too small; the table has the same facts.
    page.style(
        ".steps table { table-layout: fixed; } .steps thead th:nth-child(1) { width: 25%; }\n"
        ".steps thead th:nth-child(2) { width: 14%; } .steps thead th:nth-child(3) { width: 23%; }\n"
        ".steps thead th:nth-child(5) { width: 13%; } .steps .mark, .together .mark { white-space: normal; "
        "}\n"
        ".steps .age { font-size: .85em; }\n"
        "@media print { body { font-size: 9.5pt; line-height: 1.5; }\n"
        "  .steps table { font-size: 8.8pt; break-inside: avoid; } .steps td, .steps th { padding: .15rem "
        ".35rem; }\n"
        "  .step { break-inside: avoid; } .step p, .step ul { margin: .1rem 0; } .step .soft { font-size: "
        "8.3pt; }\n"
        "  h3 { margin: .55rem 0 .1rem; } }\n"
        ".timeline text { paint-order: stroke; stroke: #fff; stroke-width: 3px; }\n"
        ".checks { list-style: none; padding-left: .3rem; }\n"
        "@media screen and (max-width: 40rem) { .timeline { display: none; } }\n");
    const Text kind = clinic::kind_text(plan.asked.kind);
    const std::string name(clinic);
    page.lead({(name.empty() ? "" : name + "、") + plan.asked.prefecture + "、" + kind.ja + "、診療開始月 " +
                   month_text(plan.asked.open).ja,
               (name.empty() ? "" : name + ", ") + plan.asked.prefecture + ", " + kind.en + ", opening " +
                   month_text(plan.asked.open).en});
    if (plan.too_late())
        page.html("<p>" + page::mark(Mark::bad, say(language, too_late_text(plan))) + "</p>\n");
    page.html("<p><strong>" + escape(say(language, "いますること: ", "to do now: ")) +
              escape(say(language, to_do_now(plan))) + "</strong></p>\n");
    page.html(time_line(plan, language));
    std::vector<page::Row> rows;
    for (const Step& step : plan.steps) {
        std::string sure =
            step.certain ? ""
                         : "<br>" + page::mark(Mark::attention,
                                               say(language, Text{"目安。" + plan.bureau.ja + "に確かめる",
                                                                  "a guess: ask the " + plan.bureau.en}));
        sure += "<br><span class=\"soft age\">" +
                escape(say(language, source_age_text(step, plan.asked.today))) +
                (step.certain && step.ask_again(plan.asked.today)
                     ? escape(say(language, "。もう一度確かめる", ": ask again"))
                     : "") +
                "</span>";
        rows.push_back({circled(step.number) + " " + escape(say(language, step.title)),
                        escape(short_day(language, step.earliest)),
                        "<strong>" + escape(say(language, day_text(step.latest))) + "</strong>" + sure,
                        escape(before_bracket(say(language, step.who))),
                        state(step, plan.asked.today, language)});
    }
    page.html("<div class=\"steps\">\n");
    page.table(
        {"九つの手順", "The nine steps"},
        {{"手順", "step"}, {"いつから", "from"}, {"いつまで", "until"}, {"相手", "with"}, {"状態", "state"}},
        rows);
    page.html("</div>\n");
    const Step& shared = plan.steps[5];
    if (!shared.done)
        page.html("<p class=\"together\">" +
                  page::mark(Mark::attention, say(language, together_text(shared))) + "</p>\n");
    page.heading({"手順ごとに用意するもの", "What each step needs"});
    for (const Step& step : plan.steps) {
        page.html("<section class=\"step\">\n");
        page.subheading(
            {circled(step.number) + " " + step.title.ja, circled(step.number) + " " + step.title.en});
        page.paragraph({"相手: " + step.who.ja, "with: " + step.who.en});
        page.paragraph(step.note);
        std::string before;
        for (const int number : step.after)
            before += circled(number);
        if (!before.empty())
            page.paragraph({"先に済ませる手順: " + before, "after step " + before});
        std::string items;
        for (const Text& item : step.hand_in)
            items += "<li>□ " + escape(say(language, item)) + "</li>";
        page.html("<ul class=\"checks\">" + items + "</ul>\n");
        if (step.done && !(step.done->number.empty() && step.done->note.empty()))
            page.paragraph({"記録: " + step.done->number + " " + step.done->note,
                            "recorded: " + step.done->number + " " + step.done->note});
        page.html("<p class=\"soft\">" +
                  escape(say(language,
                             Text{"期限のもと: " + step.source.ja + "、" +
                                      source_age_text(step, plan.asked.today).ja +
                                      (step.ask_again(plan.asked.today) ? "。もう一度確かめてください" : ""),
                                  "source of the day: " + step.source.en + ", " +
                                      source_age_text(step, plan.asked.today).en +
                                      (step.ask_again(plan.asked.today) ? ": ask again" : "")})) +
                  "</p>\n");
        if (const Text ring = ring_today_text(step, plan); !ring.ja.empty())
            page.html("<p>" + page::mark(Mark::attention, say(language, ring)) + "</p>\n");
        std::string links;
        for (const Link& one : step.links)
            links += (links.empty() ? "" : "<br>") + page::link(one.url, say(language, one.what)) +
                     " <span class=\"soft address\">" + escape(one.url) + "</span>";
        if (!links.empty())
            page.html("<p>" + links + "</p>\n");
        page.html("</section>\n");
    }
    if (!plan.bureau_note.ja.empty())
        page.paragraph(
            {plan.bureau.ja + ": " + plan.bureau_note.ja, plan.bureau.en + ": " + plan.bureau_note.en});
    page.paragraph({"休みの日は、土曜、日曜、祝日、12月29日から1月3日までとして数えています。期限は変わること"
                    "があります。出す前に厚生局のホームページで確かめてください。",
                    "closed days: Saturday, Sunday, national holidays, 29 December to 3 January. Dates "
                    "change: look at the bureau's page before handing in."});
    return page.str();
}

} // namespace kaomon::introduction
