// kaomonctl introduce plan, next: the nine steps with their days.
#include "tools/introduction/advice.hpp"
#include "tools/kaomonctl/introduce_desk.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;
using namespace introduction;

json::object as_json(const Step& step, const Plan& plan, Language language) {
    json::array hand_in, after, links;
    for (const Text& item : step.hand_in)
        hand_in.push_back(json::string(say(language, item)));
    for (const int number : step.after)
        after.push_back(number);
    for (const Link& one : step.links)
        links.push_back(json::object{{"title", say(language, one.what)}, {"url", one.url}});
    json::object object{{"number", step.number},
                        {"title", say(language, step.title)},
                        {"earliest", iso(step.earliest)},
                        {"latest", iso(step.latest)},
                        {"who", say(language, step.who)},
                        {"source", say(language, step.source)},
                        {"certain", step.certain},
                        {"hard", step.hard},
                        {"overdue", step.overdue(plan.asked.today)},
                        {"note", say(language, step.note)},
                        {"hand_in", std::move(hand_in)},
                        {"after", std::move(after)},
                        {"links", std::move(links)},
                        {"done", nullptr}};
    if (step.done)
        object["done"] = json::object{
            {"on", iso(step.done->on)}, {"number", step.done->number}, {"note", step.done->note}};
    return object;
}

json::object as_json(const Plan& plan, Language language) {
    json::array steps;
    for (const Step& step : plan.steps)
        steps.push_back(as_json(step, plan, language));
    return {{"open", iso(plan.asked.open)},
            {"prefecture", plan.asked.prefecture},
            {"kind", word(plan.asked.kind)},
            {"today", iso(plan.asked.today)},
            {"bureau", say(language, plan.bureau)},
            {"bureau_note", say(language, plan.bureau_note)},
            {"too_late", plan.too_late()},
            {"first_possible", iso(plan.first_possible)},
            {"reply", plan.reply ? json::value(iso(*plan.reply)) : json::value(nullptr)},
            {"steps", std::move(steps)}};
}

std::string too_late_text(const Plan& plan, Language language) {
    return say(language,
               Text{"診療開始月 " + month_text(plan.asked.open).ja +
                        " にはもう間に合いません。これから間に合う一番早い月は " +
                        month_text(plan.first_possible).ja + " です。",
                    "too late for " + month_text(plan.asked.open).en +
                        ": the first opening month still possible is " + month_text(plan.first_possible).en});
}

void print(const Step& step, const Plan& plan, Language language) {
    const std::string state =
        step.done ? fmt::format("{} {}", say(language, "済", "done"), iso(step.done->on))
        : step.overdue(plan.asked.today)
            ? std::string(step.hard ? say(language, "期限を過ぎました", "OVERDUE")
                                    : say(language, "目安の日を過ぎました", "past the guide"))
            : std::string();
    print_line(
        fmt::format("{} {}{}{}", step.number, say(language, step.title), state.empty() ? "" : "  ", state));
    print_line(fmt::format(
        "    {} - {}{}", say(language, day_text(step.earliest)), say(language, day_text(step.latest)),
        step.certain ? ""
                     : say(language, Text{"  目安: " + plan.bureau.ja + "に確かめてください",
                                          "  a careful guess: ask the " + plan.bureau.en})));
    print_line(fmt::format("    {}{}", say(language, "相手: ", "with: "), say(language, step.who)));
    print_line(fmt::format("    {}{}", say(language, "もと: ", "source: "), say(language, step.source)));
}

} // namespace

int introduce_plan(const Common& common, const IntroduceOptions& options) {
    auto desk = open_desk(common, options);
    if (!desk)
        return Staff(common).fail(desk.error());
    const Language language = common.staff_language();
    const introduction::Plan& made = desk->plan;
    const bool known = !desk->profile["open"].empty();
    clinic::Profile wanted = desk->profile;
    for (const auto& [key, value] : {std::pair{"open", iso(made.asked.open)},
                                     {"prefecture", made.asked.prefecture},
                                     {"kind", std::string(word(made.asked.kind))}})
        (void)wanted.set(key, value); // they were checked above
    const bool differs = !(wanted == desk->profile);
    if (differs && (!known || options.save)) {
        if (auto written = clinic::write_profile(desk->staff.folder, wanted); !written)
            return desk->staff.fail(written.error());
        desk->staff.wrote(clinic::profile_file);
    }
    if (common.json) {
        print_json(as_json(made, language));
    } else {
        print_line(fmt::format("{} {}  {} {}  {}", say(language, "診療開始月", "opening"),
                               say(language, month_text(made.asked.open)), made.asked.prefecture,
                               say(language, clinic::kind_text(made.asked.kind)),
                               say(language, made.bureau)));
        for (const Step& step : made.steps)
            print(step, made, language);
        if (!made.bureau_note.ja.empty())
            print_line(say(language, made.bureau) + ": " + say(language, made.bureau_note));
        if (differs && known && !options.save)
            print_line(std::string(
                say(language,
                    "記録してある診療開始月や都道府県とは違います。書き換えるには --save を付けてください。",
                    "this differs from the clinic's file; --save writes it there")));
        if (made.too_late())
            print_line(too_late_text(made, language));
    }
    return desk->staff.end(made.too_late() ? exit_findings : exit_ok);
}

int introduce_next(const Common& common, const IntroduceOptions& options) {
    const auto desk = open_desk(common, options);
    if (!desk)
        return Staff(common).fail(desk.error());
    const Language language = common.staff_language();
    const Step* step = next_step(desk->plan);
    if (common.json) {
        print_json({{"next", step == nullptr ? json::value(nullptr)
                                             : json::value(as_json(*step, desk->plan, language))},
                    {"too_late", desk->plan.too_late()},
                    {"first_possible", iso(desk->plan.first_possible)}});
    } else if (step == nullptr) {
        print_line(std::string(
            say(language,
                "九つの手順はすべて済んでいます。開院の前日に kaomonctl rehearse で総点検をしてください。",
                "all nine steps are done; on the day before opening run kaomonctl rehearse")));
    } else {
        print(*step, desk->plan, language);
        print_line("    " + say(language, step->note));
        for (const Text& item : step->hand_in)
            print_line("    □ " + say(language, item));
        for (const Link& one : step->links)
            print_line("    " + say(language, one.what) + ": " + one.url);
        if (desk->plan.too_late())
            print_line(too_late_text(desk->plan, language));
        print_line(fmt::format(
            "    {} kaomonctl introduce done {} --on YYYY-MM-DD{}", say(language, "済んだら:", "when done:"),
            step->number, step->number == 5 ? say(language, " --number 受付番号", " --number NUMBER") : ""));
    }
    return desk->staff.end(desk->plan.too_late() ? exit_findings : exit_ok);
}

} // namespace kaomon::kaomonctl
