// kaomon-clinic introduce: the nine steps of the introduction notice, their days, and what is done of them.
#include "tools/clinic/commands/introduce_desk.hpp"
#include "tools/clinic/introduction/holiday.hpp"

#include <memory>

namespace kaomon::clinic {

using introduction::first_year, introduction::last_year, introduction::step_count;

void add_introduce(Commands& commands) {
    const auto options = std::make_shared<IntroduceOptions>();
    CLI::App* group =
        commands.add_group("introduce", "the nine steps of the introduction notice, with their days");
    using Act = int (*)(const Common&, const IntroduceOptions&);
    const auto add = [&](const char* name, const char* help, Act act) {
        CLI::App* sub = commands.add(
            name, help, [&common = commands.common, options, act] { return act(common, *options); }, group);
        sub->add_option("--today", options->today, "as if today were YYYY-MM-DD");
        return sub;
    };
    const auto of_a_plan = [&](CLI::App* sub) {
        sub->add_option("--open", options->open, "opening month YYYY-MM (default: the clinic's)");
        sub->add_option("--prefecture", options->prefecture, "e.g. 愛媛県 (default: the clinic's)");
        sub->add_option("--kind", options->kind,
                        "kind of institution: clinic, dental, hospital, pharmacy (default: the clinic's)");
        sub->add_option("--rules", options->rules, "a file in place of the built-in rules of the bureaus");
        return sub;
    };
    of_a_plan(add("plan", "the nine steps: from when until when, with whom, by which rule", introduce_plan))
        ->add_flag("--save", options->save, "write month, prefecture and kind into the clinic's file");
    of_a_plan(add("next", "the one thing to do now", introduce_next));
    of_a_plan(add("page", "one printable page with a time line: introduction.html", introduce_page));
    of_a_plan(add("calendar", "iCalendar with reminders: calendar.ics", introduce_calendar))
        ->add_option("-o,--out", options->out, "file, or - for standard output");
    add("holidays", "Japan's national holidays of a year", introduce_holidays)
        ->add_option("YEAR", options->year, "default: this year")
        ->check(CLI::Range(first_year, last_year));
    CLI::App* sub = add("done", "record a step as done", introduce_done);
    sub->add_option("STEP", options->step, "1..9")->required()->check(CLI::Range(1, step_count));
    sub->add_option("--on", options->on, "the day it was done, YYYY-MM-DD (default: today)");
    sub->add_option("--number", options->number, "受付番号, order number or the like");
    sub->add_option("--note", options->note, "one line for yourselves");
    add("undo", "take the record of a step back", introduce_undo)
        ->add_option("STEP", options->step, "1..9")
        ->required()
        ->check(CLI::Range(1, step_count));
}

} // namespace kaomon::clinic
