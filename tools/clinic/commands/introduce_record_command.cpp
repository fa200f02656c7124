// kaomon-clinic introduce done, undo: what the clinic has done.
#include "tools/clinic/commands/introduce_desk.hpp"
#include "tools/clinic/commands/today.hpp"
#include "tools/clinic/introduction/steps.hpp"

#include <fmt/format.h>

namespace kaomon::clinic {

using namespace introduction;

int introduce_done(const Common& common, const IntroduceOptions& options) {
    Staff staff(common);
    const auto today = today_of(options.today);
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

int introduce_undo(const Common& common, const IntroduceOptions& options) {
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

} // namespace kaomon::clinic
