// kaomonctl introduce: the nine steps of the introduction notice, their days, and what is done of them.
#include "tools/clinic/pages.hpp"
#include "tools/clinic/profile.hpp"
#include "tools/introduction/advice.hpp"
#include "tools/introduction/holiday.hpp"
#include "tools/introduction/icalendar.hpp"
#include "tools/introduction/introduction_page.hpp"
#include "tools/introduction/prefecture.hpp"
#include "tools/introduction/steps.hpp"
#include "tools/kaomonctl/staff.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <memory>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;
using namespace introduction;

struct IntroduceOptions {
    std::string open, prefecture, kind; // empty: of the clinic's profile
    std::string today;                  // empty: by the clock, in Japan
    std::string rules;                  // a file in place of the built-in rules
    bool save = false;                  // of plan: into the profile
    int step = 0;                       // of done and undo
    std::string number, on, note;       // of done
    std::string out;                    // of calendar
    int year = 0;                       // of holidays; 0: of today
};

struct Desk { // what every one of the commands begins with
    Staff staff;
    clinic::Profile profile;
    Record record;
    Plan plan;
};

Outcome<Date> day_of(const std::string& text, const char* option) {
    if (text.empty())
        return today_in_japan();
    if (const auto day = parse_day(text))
        return *day;
    return trouble(exit_usage, "impossible_day",
                   {std::string(option) + " の「" + text + "」という日はありません。",
                    std::string(option) + ": there is no day '" + text + "'"},
                   {"例: 2027-01-15", "e.g. 2027-01-15"});
}

Outcome<Bureaus> rules_of(const std::string& file) {
    if (file.empty())
        return Bureaus::built_in();
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return trouble(exit_usage, "rules_invalid", {file + " を開けません。", file + " cannot be opened"},
                       {"ファイルの場所を確かめてください。", "look at the file's place"});
    return Bureaus::parse(std::string(std::istreambuf_iterator<char>(in), {}));
}

std::unexpected<Trouble> missing(const char* ja, const char* en, const char* example) {
    return trouble(exit_usage, "profile_incomplete",
                   {std::string(ja) + "がまだ決まっていません。", std::string(en) + " is not said yet"},
                   {std::string("例: ") + example, std::string("e.g. ") + example});
}

Outcome<Asked> asked_of(const IntroduceOptions& options, const clinic::Profile& profile) {
    Asked asked;
    const auto today = day_of(options.today, "--today");
    if (!today)
        return std::unexpected(today.error());
    asked.today = *today;
    const std::string open = options.open.empty() ? profile["open"] : options.open;
    if (open.empty())
        return missing("診療開始月", "the opening month", "--open 2027-04");
    const auto month = parse_month(open);
    if (!month)
        return trouble(exit_usage, "impossible_month",
                       {"「" + open + "」という月はありません。", "there is no month '" + open + "'"},
                       {"例: --open 2027-04", "e.g. --open 2027-04"});
    asked.open = *month;
    const std::string prefecture = options.prefecture.empty() ? profile["prefecture"] : options.prefecture;
    if (prefecture.empty())
        return missing("都道府県", "the prefecture", "--prefecture 愛媛県");
    const auto name = spelled(prefecture);
    if (!name)
        return std::unexpected(name.error());
    asked.prefecture = *name;
    asked.kind = options.kind.empty() ? profile["kind"] : options.kind;
    if (asked.kind.empty())
        return missing("医療機関の種類", "the kind of institution", "--kind clinic");
    return asked;
}

Outcome<Desk> open_desk(const Common& common, const IntroduceOptions& options) {
    Desk desk{Staff(common), {}, {}, {}};
    auto profile = clinic::read_profile(desk.staff.folder);
    if (!profile)
        return std::unexpected(profile.error());
    desk.profile = std::move(*profile);
    auto record = desk.staff.folder.read<Record>(record_file, parse_record);
    if (!record)
        return std::unexpected(record.error());
    desk.record = record->value_or(Record{});
    const auto rules = rules_of(options.rules);
    if (!rules)
        return std::unexpected(rules.error());
    const auto asked = asked_of(options, desk.profile);
    if (!asked)
        return std::unexpected(asked.error());
    auto plan = make_plan(*rules, *asked, desk.record);
    if (!plan)
        return std::unexpected(plan.error());
    desk.plan = std::move(*plan);
    return desk;
}

int refused(const Common& common, const Trouble& why) {
    return Staff(common).fail(why);
}

json::object as_json(const Step& step, const Plan& plan, Language language) {
    json::array hand_in, after;
    for (const Text& item : step.hand_in)
        hand_in.push_back(json::string(say(language, item)));
    for (const int number : step.after)
        after.push_back(number);
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
            {"kind", plan.asked.kind},
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
    print_line(fmt::format("{} {}  {}", step.number, say(language, step.title), state));
    print_line(fmt::format(
        "    {} - {}{}", say(language, day_text(step.earliest)), say(language, day_text(step.latest)),
        step.certain ? ""
                     : say(language, Text{"  目安: " + plan.bureau.ja + "に確かめてください",
                                          "  a careful guess: ask the " + plan.bureau.en})));
    print_line(fmt::format("    {}{}", say(language, "相手: ", "with: "), say(language, step.who)));
    print_line(fmt::format("    {}{}", say(language, "もと: ", "source: "), say(language, step.source)));
}

int plan(const Common& common, const IntroduceOptions& options) {
    auto desk = open_desk(common, options);
    if (!desk)
        return refused(common, desk.error());
    const Language language = common.staff_language();
    const Plan& made = desk->plan;
    const bool known = !desk->profile["open"].empty();
    clinic::Profile wanted = desk->profile;
    for (const auto& [key, value] : {std::pair{"open", iso(made.asked.open)},
                                     {"prefecture", made.asked.prefecture},
                                     {"kind", made.asked.kind}})
        (void)wanted.set(key, value); // they were checked above
    const bool differs = !(wanted == desk->profile);
    if (differs && (!known || options.save)) {
        if (auto written = clinic::write_profile(desk->staff.folder, wanted); !written)
            return refused(common, written.error());
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

int next(const Common& common, const IntroduceOptions& options) {
    const auto desk = open_desk(common, options);
    if (!desk)
        return refused(common, desk.error());
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
        if (desk->plan.too_late())
            print_line(too_late_text(desk->plan, language));
        print_line(fmt::format("    {} kaomonctl introduce done {} --on YYYY-MM-DD",
                               say(language, "済んだら:", "when done:"), step->number));
    }
    return desk->staff.end(desk->plan.too_late() ? exit_findings : exit_ok);
}

int done(const Common& common, const IntroduceOptions& options) {
    Staff staff(common);
    const auto today = day_of(options.today, "--today");
    const auto on = options.on.empty() ? today : day_of(options.on, "--on");
    if (!today || !on)
        return staff.fail(!today ? today.error() : on.error());
    if (*on > *today)
        return staff.fail(
            {exit_usage,
             "future_day",
             {day_text(*on).ja + " はまだ来ていません。", day_text(*on).en + " has not come yet"},
             {"実際に済んだ日を --on で指定してください。", "name the day it was done with --on"}});
    auto record = staff.folder.read<Record>(record_file, parse_record);
    if (!record)
        return staff.fail(record.error());
    Record changed = record->value_or(Record{});
    changed[options.step] = {*on, options.number, options.note};
    if (const auto checked = parse_record(introduction::print(changed)); !checked) // too long, not a line
        return staff.fail({exit_usage,
                           "impossible_value",
                           checked.error().what,
                           {"--number は64文字、--note は400文字までの一行です。",
                            "--number takes 64 bytes, --note 400, of one line"}});
    if (auto written = staff.folder.write(record_file, introduction::print(changed)); !written)
        return staff.fail(written.error());
    const auto steps = described_steps({}, {});
    const Step& step = steps[static_cast<std::size_t>(options.step - 1)];
    if (common.json) {
        print_json(
            {{"step", options.step}, {"on", iso(*on)}, {"number", options.number}, {"note", options.note}});
        return staff.end(exit_ok);
    }
    print_line(fmt::format("{} {} {}", options.step, say(staff.language, step.title),
                           say(staff.language, Text{"を済みにしました（" + day_text(*on).ja + "）",
                                                    "is done (" + day_text(*on).en + ")"})));
    for (const int before : step.after) {
        if (!changed.contains(before))
            print_line(fmt::format(
                "{}{} {}",
                say(staff.language, "その前の手順がまだです: ", "a step before it is still open: "), before,
                say(staff.language, steps[static_cast<std::size_t>(before - 1)].title)));
    }
    return staff.end(exit_ok);
}

int undo(const Common& common, const IntroduceOptions& options) {
    Staff staff(common);
    auto record = staff.folder.read<Record>(record_file, parse_record);
    if (!record)
        return staff.fail(record.error());
    Record changed = record->value_or(Record{});
    if (changed.erase(options.step) == 0)
        return staff.fail({exit_usage,
                           "not_done",
                           {std::to_string(options.step) + "は済みになっていません。",
                            "step " + std::to_string(options.step) + " is not recorded as done"},
                           {}});
    if (auto written = staff.folder.write(record_file, introduction::print(changed)); !written)
        return staff.fail(written.error());
    if (common.json)
        print_json({{"step", options.step}, {"done", nullptr}});
    else
        print_line(std::to_string(options.step) +
                   std::string(say(staff.language, "の記録を消しました。", " is open again")));
    return staff.end(exit_ok);
}

int calendar(const Common& common, const IntroduceOptions& options) {
    auto desk = open_desk(common, options);
    if (!desk)
        return refused(common, desk.error());
    const std::string text = icalendar(desk->plan, common.staff_language());
    if (options.out == "-") {
        std::fwrite(text.data(), 1, text.size(), stdout);
        return desk->staff.end(exit_ok);
    }
    const std::string file =
        options.out.empty() ? desk->staff.folder.at("calendar.ics").string() : options.out;
    if (options.out.empty()) {
        if (auto written = desk->staff.folder.put("calendar.ics", text); !written)
            return refused(common, written.error());
    } else if (!(std::ofstream(file, std::ios::binary) << text).flush()) {
        return refused(
            common,
            {exit_usage, "cannot_write", {file + " に書けません。", file + " cannot be written"}, {}});
    }
    if (common.json)
        print_json({{"file", file}, {"events", step_count}});
    else
        print_line(std::string(say(common.staff_language(), "書きました: ", "wrote ")) + file);
    return desk->staff.end(exit_ok);
}

int page(const Common& common, const IntroduceOptions& options) {
    auto desk = open_desk(common, options);
    if (!desk)
        return refused(common, desk.error());
    const Language language = common.staff_language();
    const std::string html = introduction_page(desk->plan, language, desk->profile["name"]);
    if (auto written = clinic::write_page(desk->staff.folder, "introduction.html", html, language,
                                          desk->plan.asked.today);
        !written)
        return refused(common, written.error());
    if (common.json)
        print_json({{"file", desk->staff.folder.at("introduction.html").string()}});
    desk->staff.wrote("introduction.html");
    return desk->staff.end(exit_ok);
}

// The days a bureau is closed beside Saturdays and Sundays.
int holidays(const Common& common, const IntroduceOptions& options) {
    const Staff staff(common);
    const auto today = day_of(options.today, "--today");
    if (!today)
        return staff.fail(today.error());
    const int year = options.year == 0 ? int(today->year()) : options.year;
    json::array days;
    for (Date day = std::chrono::year(year) / 1 / 1; int(day.year()) == year; day = add_days(day, 1)) {
        const auto name = holiday(day);
        if (!name)
            continue;
        if (common.json)
            days.push_back(json::object{{"day", iso(day)}, {"name", say(staff.language, *name)}});
        else
            print_line(day_text(staff.language, day) + "  " + say(staff.language, *name));
    }
    if (common.json)
        print_json({{"year", year}, {"holidays", std::move(days)}});
    return exit_ok;
}

using Act = int (*)(const Common&, const IntroduceOptions&);

} // namespace

void add_introduce(Commands& commands) {
    const auto options = std::make_shared<IntroduceOptions>();
    CLI::App* group =
        commands.add_group("introduce", "the nine steps of the introduction notice, with their days");
    const auto add = [&](const char* name, const char* help, Act act) {
        CLI::App* sub = commands.add(
            name, help, [&common = commands.common, options, act] { return act(common, *options); }, group);
        sub->add_option("--today", options->today, "as if today were YYYY-MM-DD");
        return sub;
    };
    const auto of_a_plan = [&](CLI::App* sub) {
        sub->add_option("--open", options->open, "opening month YYYY-MM (default: the clinic's)");
        sub->add_option("--prefecture", options->prefecture, "e.g. 愛媛県 (default: the clinic's)");
        sub->add_option("--kind", options->kind, "kind of institution (default: the clinic's)")
            ->check(CLI::IsMember({"clinic", "dental", "hospital", "pharmacy"}));
        sub->add_option("--rules", options->rules, "a file in place of the built-in rules of the bureaus");
        return sub;
    };
    of_a_plan(add("plan", "the nine steps: from when until when, with whom, by which rule", plan))
        ->add_flag("--save", options->save, "write month, prefecture and kind into the clinic's file");
    of_a_plan(add("next", "the one thing to do now", next));
    of_a_plan(add("page", "one printable page with a time line: introduction.html", page));
    of_a_plan(add("calendar", "iCalendar with reminders: calendar.ics", calendar))
        ->add_option("-o,--out", options->out, "file, or - for standard output");
    add("holidays", "Japan's national holidays of a year", holidays)
        ->add_option("YEAR", options->year, "default: this year")
        ->check(CLI::Range(first_year, last_year));
    CLI::App* sub = add("done", "record a step as done", done);
    sub->add_option("STEP", options->step, "1..9")->required()->check(CLI::Range(1, step_count));
    sub->add_option("--on", options->on, "the day it was done, YYYY-MM-DD (default: today)");
    sub->add_option("--number", options->number, "受付番号, order number or the like");
    sub->add_option("--note", options->note, "one line for yourselves");
    add("undo", "take the record of a step back", undo)
        ->add_option("STEP", options->step, "1..9")
        ->required()
        ->check(CLI::Range(1, step_count));
}

} // namespace kaomon::kaomonctl
