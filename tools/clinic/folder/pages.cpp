#include "tools/clinic/folder/pages.hpp"

#include "tools/clinic/folder/profile.hpp"
#include "tools/clinic/introduction/advice.hpp"
#include "tools/clinic/introduction/prefecture.hpp"
#include "tools/page/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace kaomon::clinic {
namespace {

struct PageFile {
    std::string_view file;
    Text title;
    Text purpose;             // one line of the index
    std::string_view command; // that makes it
};

// Every page there can be, in the order of the steps of the introduction notice.
const std::array<PageFile, 8> page_files{{
    {"introduction.html",
     {"導入の日程", "Timetable"},
     {"九つの手順の期限、相手先、出すもの", "the nine steps: dates, with whom, what to hand in"},
     "kaomon-clinic introduce page"},
    {"comparison.html",
     {"カードリーダーとカメラの比較", "Readers and cameras compared"},
     {"①の測定結果", "what was measured for step 1"},
     "kaomon-clinic choose compare"},
    {"reader-change.html",
     {"顔認証付きカードリーダーの更新", "Changing the official face reader"},
     {"保守の終わり、次期の機種、スマートフォン", "end of maintenance, next generation, telephones"},
     "kaomon-clinic procure change"},
    {"network.html",
     {"回線の点検", "The line"},
     {"②の回線と時計の点検結果", "step 2: line and clock, checked"},
     "kaomon-clinic network"},
    {"quote-request.html",
     {"見積依頼書", "Request for a quote"},
     {"③でシステム事業者に渡すもの", "step 3: for the system vendor"},
     "kaomon-clinic procure quote"},
    {"order.html",
     {"発注書", "Order"},
     {"④でシステム事業者に渡すもの", "step 4: for the system vendor"},
     "kaomon-clinic procure order"},
    {"certificate.html",
     {"電子証明書", "Device certificate"},
     {"⑧の証明書の用途と残りの日数", "step 8: what it is for, days left"},
     "kaomon-clinic certificate FILE"},
    {"rehearsal.html",
     {"開院前日の総点検", "Rehearsal"},
     {"壁に貼る紙と点検結果", "the sheet for the wall, and what was checked"},
     "kaomon-clinic rehearse"},
}};

// As far as the clinic's files say it; nothing where something is missing or cannot be read.
std::optional<introduction::Plan> plan_of(Folder& folder, Date today) {
    const auto profile = read_profile(folder);
    const auto record =
        folder.read<introduction::Record>(introduction::record_file, introduction::parse_record);
    if (!profile || !record)
        return std::nullopt;
    const auto open = profile->open();
    const auto prefecture = introduction::spelled((*profile)["prefecture"]);
    const auto kind = profile->kind();
    if (!open || !prefecture || !kind)
        return std::nullopt;
    auto plan = introduction::make_plan(introduction::Bureaus::built_in(), {*open, *prefecture, *kind, today},
                                        record->value_or(introduction::Record{}));
    return plan ? std::optional(std::move(*plan)) : std::nullopt;
}

std::string state_of(const introduction::Step& step, Date today, Language language) {
    using page::Mark;
    if (step.done)
        return page::mark(Mark::good, std::string(say(language, "済 ", "done ")) + iso(step.done->on));
    if (step.ask_today(today))
        return page::mark(Mark::attention, say(language, "今日、電話で確かめる", "ring the bureau today"));
    if (step.overdue(today))
        return page::mark(step.hard ? Mark::bad : Mark::attention,
                          step.hard ? say(language, "期限を過ぎました", "overdue")
                                    : say(language, "目安の日を過ぎました", "past the guide"));
    return page::mark(Mark::unknown,
                      fmt::format("{}{}{}", say(language, "あと", ""), days_between(today, step.latest),
                                  say(language, "日", " days left")));
}

void add_plan(page::Page& page, const introduction::Plan& plan, Language language) {
    const Date today = plan.asked.today;
    const auto done = std::ranges::count_if(
        plan.steps, [](const introduction::Step& step) { return step.done.has_value(); });
    page.lead({plan.asked.prefecture + "、" + kind_text(plan.asked.kind).ja + "、診療開始月 " +
                   month_text(plan.asked.open).ja,
               plan.asked.prefecture + ", " + kind_text(plan.asked.kind).en + ", opening " +
                   month_text(plan.asked.open).en});
    if (plan.too_late())
        page.html("<p>" + page::mark(page::Mark::bad, say(language, introduction::too_late_text(plan))) +
                  "</p>\n");
    page.html("<p class=\"now\"><strong>" + page::escape(say(language, "いますること: ", "to do now: ")) +
              page::escape(say(language, introduction::to_do_now(plan))) + "</strong></p>\n");
    page.html(fmt::format(
        R"(<p class="progress"><span>{}</span> <progress max="{}" value="{}" aria-label="{}"></progress></p>)"
        "\n",
        page::escape(fmt::format("{}{}/{}", say(language, "進みぐあい ", "progress "), done,
                                 introduction::step_count)),
        introduction::step_count, done, page::escape(say(language, "進みぐあい", "progress"))));
    std::vector<page::Row> rows;
    for (const introduction::Step& step : plan.steps)
        rows.push_back({fmt::format("{} {}", step.number, page::escape(say(language, step.title))),
                        page::escape(say(language, day_text(step.latest))) +
                            (step.certain ? "" : page::escape(say(language, "（目安）", " (guess)"))),
                        state_of(step, today, language)});
    page.table({"九つの手順", "The nine steps"}, {{"手順", "step"}, {"いつまで", "until"}, {"状態", "state"}},
               rows);
}

} // namespace

std::string index_page(Folder& folder, Language language, Date today) {
    page::Page page(language, {"オンライン資格確認の導入", "Introducing online eligibility verification"},
                    today);
    page.style(
        ".now { font-size: 1.1rem; border-left: .4rem solid var(--accent); padding: .4rem .8rem; }\n"
        "progress { margin-left: .5rem; width: min(24rem, 60%); height: 1rem; vertical-align: middle; }\n"
        "@media print { table { font-size: 9.5pt; } td, th { padding: .15rem .4rem; } }\n");
    if (const auto plan = plan_of(folder, today))
        add_plan(page, *plan, language);
    else
        page.html(
            "<p class=\"now\"><strong>" +
            page::escape(say(language, "いますること: 診療開始月、都道府県、種類を決める。 ",
                             "to do now: say opening month, prefecture and kind. ")) +
            "</strong>" +
            page::code("kaomon-clinic introduce plan --open 2027-04 --prefecture 愛媛県 --kind 診療所") +
            "</p>\n");
    std::vector<page::Row> rows;
    for (const PageFile& one : page_files) {
        const bool there = std::filesystem::exists(folder.at(one.file));
        rows.push_back(
            {there ? page::link(one.file, say(language, one.title)) : page::escape(say(language, one.title)),
             page::escape(say(language, one.purpose)),
             there ? page::escape(say(language, "あります", "there")) : page::code(one.command)});
    }
    page.table({"ページ", "Pages"}, {{"ページ", "page"}, {"内容", "what"}, {"作る命令", "made by"}}, rows);
    return page.str();
}

Outcome<void> write_page(Folder& folder, std::string_view file, std::string_view html, Language language,
                         Date today) {
    if (auto done = folder.put(file, page::with_way_home(html, language, "index.html")); !done)
        return done;
    return write_index(folder, language, today);
}

Outcome<void> write_index(Folder& folder, Language language, Date today) {
    return folder.put("index.html", index_page(folder, language, today));
}

} // namespace kaomon::clinic
