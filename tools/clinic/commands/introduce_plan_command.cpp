// kaomon-clinic introduce plan, next: the nine steps with their days.
#include "tools/clinic/commands/introduce_desk.hpp"
#include "tools/clinic/introduction/advice.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace kaomon::clinic {
namespace {

namespace json = boost::json;
using namespace introduction;

json::object plan_json(const Step& step, const Plan& plan, Language language) {
    json::array hand_in, after, links;
    for (const Text& item : step.hand_in)
        hand_in.push_back(json::string(say(language, item)));
    for (const int number : step.after)
        after.push_back(number);
    for (const Link& one : step.links)
        links.push_back(json::object{{"title", say(language, one.what)}, {"url", one.url}});
    json::object object{
        {"number", step.number},
        {"title", say(language, step.title)},
        {"earliest", iso(step.earliest)},
        {"latest", iso(step.latest)},
        {"who", say(language, step.who)},
        {"source", say(language, step.source)},
        {"certain", step.certain},
        {"hard", step.hard},
        {"overdue", step.overdue(plan.asked.today)},
        {"ring_today", step.ask_today(plan.asked.today)},
        {"source_dated", step.source_dated ? json::value(iso(*step.source_dated)) : json::value(nullptr)},
        {"ask_again", step.ask_again(plan.asked.today)},
        {"together", json::array(step.together.begin(), step.together.end())},
        {"open_days", step.open_days},
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

json::object plan_json(const Plan& plan, Language language) {
    json::array steps;
    for (const Step& step : plan.steps)
        steps.push_back(plan_json(step, plan, language));
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

void print_plan(const Step& step, const Plan& plan, Language language) {
    const Date today = plan.asked.today;
    const std::string state =
        step.done               ? fmt::format("{} {}", say(language, "済", "done"), iso(step.done->on))
        : step.ask_today(today) ? std::string(say(language, "今日、電話で確かめる", "RING TODAY"))
        : step.overdue(today)
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
    for (const Text& more : {ring_today_text(step, plan), step.done ? Text{} : together_text(step)}) {
        if (!more.ja.empty())
            print_line("    " + say(language, more));
    }
    print_line(fmt::format("    {}{}", say(language, "相手: ", "with: "), say(language, step.who)));
    print_line(
        fmt::format("    {}{}  {}{}", say(language, "もと: ", "source: "), say(language, step.source),
                    say(language, source_age_text(step, today)),
                    step.ask_again(today) ? say(language, "。もう一度確かめてください", ", ask again") : ""));
}

// What happened to the clinic's file; the first thing that is said.
enum class Kept : unsigned char { as_recorded, stored, changed, not_changed, not_stored };
consteval auto words_of(Kept) {
    return in_words("as_recorded", "stored", "changed", "not_changed", "not_stored");
}

Text kept_text(Kept kept, const clinic::Profile& before) {
    const std::string recorded = before["open"] + " " + before["prefecture"];
    switch (kept) {
    case Kept::as_recorded:
        return {"記録してある内容のままです。", "as recorded; nothing was changed"};
    case Kept::stored:
        return {"この内容を記録しました。", "recorded in the clinic's file"};
    case Kept::changed:
        return {"記録を書き換えました（前の記録: " + recorded + "）。",
                "the record was changed (before: " + recorded + ")"};
    case Kept::not_changed:
        return {"試算です。記録は変えていません（記録: " + recorded +
                    "）。書き換えるには --save を付けてください。",
                "a trial: the record is unchanged (" + recorded + "); --save changes it"};
    case Kept::not_stored:
        break;
    }
    return {"間に合わない月なので、記録しませんでした。",
            "not recorded: that month can no longer be reached"};
}

} // namespace

int introduce_plan(const Common& common, const IntroduceOptions& options) {
    auto desk = open_desk(common, options);
    if (!desk)
        return Staff(common).fail(desk.error());
    const Language language = common.language();
    const introduction::Plan& made = desk->plan;
    clinic::Profile wanted = desk->profile;
    for (const auto& [key, value] : {std::pair{"open", iso(made.asked.open)},
                                     {"prefecture", made.asked.prefecture},
                                     {"kind", std::string(word(made.asked.kind))}})
        (void)wanted.set(key, value); // they were checked above
    const bool known = !desk->profile["open"].empty();
    Kept kept = Kept::as_recorded;
    if (!(wanted == desk->profile))
        kept = made.too_late() ? Kept::not_stored
               : !known        ? Kept::stored
               : options.save  ? Kept::changed
                               : Kept::not_changed;
    if (kept == Kept::stored || kept == Kept::changed) {
        if (auto written = clinic::write_profile(desk->staff.folder, wanted); !written)
            return desk->staff.fail(written.error());
    }
    if (common.json) {
        auto object = plan_json(made, language);
        object["kept"] = word(kept);
        print_json(object);
    } else {
        print_line(say(language, kept_text(kept, desk->profile)));
        if (made.too_late())
            print_line(say(language, too_late_text(made)));
        print_line(fmt::format("{} {}  {} {}  {}", say(language, "診療開始月", "opening"),
                               say(language, month_text(made.asked.open)), made.asked.prefecture,
                               say(language, clinic::kind_text(made.asked.kind)),
                               say(language, made.bureau)));
        print_line(std::string(say(language, "いますること: ", "to do now: ")) +
                   say(language, to_do_now(made)));
        for (const Step& step : made.steps)
            print_plan(step, made, language);
        if (!made.bureau_note.ja.empty())
            print_line(say(language, made.bureau) + ": " + say(language, made.bureau_note));
    }
    return desk->staff.end(made.too_late() ? exit_findings : exit_ok);
}

int introduce_next(const Common& common, const IntroduceOptions& options) {
    const auto desk = open_desk(common, options);
    if (!desk)
        return Staff(common).fail(desk.error());
    const Language language = common.language();
    const Step* step = next_step(desk->plan);
    if (common.json) {
        print_json({{"next", step == nullptr ? json::value(nullptr)
                                             : json::value(plan_json(*step, desk->plan, language))},
                    {"too_late", desk->plan.too_late()},
                    {"first_possible", iso(desk->plan.first_possible)}});
    } else if (step == nullptr) {
        print_line(say(language, to_do_now(desk->plan)));
    } else if (desk->plan.too_late()) { // no step of a month that cannot be reached
        print_line(say(language, too_late_text(desk->plan)));
        print_line(say(language, to_do_now(desk->plan)));
    } else {
        print_plan(*step, desk->plan, language);
        print_line("    " + say(language, step->note));
        for (const Text& item : step->hand_in)
            print_line("    □ " + say(language, item));
        for (const Link& one : step->links)
            print_line("    " + say(language, one.what) + ": " + one.url);
        print_line(
            fmt::format("    {} kaomon-clinic introduce done {} --on YYYY-MM-DD{}",
                        say(language, "済んだら:", "when done:"), step->number,
                        step->number == 5 ? say(language, " --number 受付番号", " --number NUMBER") : ""));
    }
    return desk->staff.end(desk->plan.too_late() ? exit_findings : exit_ok);
}

} // namespace kaomon::clinic
