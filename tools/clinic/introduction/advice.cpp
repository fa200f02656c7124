#include "tools/clinic/introduction/advice.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kaomon::introduction {

const Step* next_step(const Plan& plan) {
    const Step* next = nullptr;
    for (const Step& step : plan.steps) {
        const bool ready = std::ranges::all_of(step.after, [&](int number) {
            return plan.steps[static_cast<std::size_t>(number - 1)].done.has_value();
        });
        if (step.done || !ready)
            continue;
        if (next == nullptr || step.latest < next->latest)
            next = &step;
    }
    return next;
}

Text ring_today_text(const Step& step, const Plan& plan) {
    if (!step.ask_today(plan.asked.today))
        return {};
    return {fmt::format("今日、{}に電話して期限を確かめてください。{}は目安で、まだ間に合うことがあります。",
                        plan.bureau.ja, day_text(step.latest).ja),
            fmt::format("ring the {} today and ask for its day: {} was a guess, and it may still be in time",
                        plan.bureau.en, day_text(step.latest).en)};
}

Text too_late_text(const Plan& plan) {
    if (!plan.too_late())
        return {};
    Text text{fmt::format("診療開始月 {} にはもう間に合いません。これから間に合う一番早い月は {} です。",
                          month_text(plan.asked.open).ja, month_text(plan.first_possible).ja),
              fmt::format("too late for {}: the first opening month still possible is {}",
                          month_text(plan.asked.open).en, month_text(plan.first_possible).en)};
    const auto old = std::ranges::find_if(plan.steps, [&](const Step& step) {
        return step.hard && step.overdue(plan.asked.today) && step.ask_again(plan.asked.today);
    });
    if (old != plan.steps.end()) {
        text.ja += fmt::format("期限は{}なので、あきらめる前に{}に電話してください。",
                               source_age_text(*old, plan.asked.today).ja, plan.bureau.ja);
        text.en += fmt::format("; the day is {}, so ring the {} before giving up",
                               source_age_text(*old, plan.asked.today).en, plan.bureau.en);
    }
    return text;
}

Text to_do_now(const Plan& plan) {
    if (plan.too_late())
        return {"診療開始月を決め直す。kaomon-clinic introduce plan --open " + iso(plan.first_possible) +
                    " --save",
                "choose another opening month: kaomon-clinic introduce plan --open " +
                    iso(plan.first_possible) + " --save"};
    const Step* step = next_step(plan);
    if (step == nullptr)
        return {
            "九つの手順はすべて済んでいます。開院の前日に kaomon-clinic rehearse で総点検をしてください。",
            "all nine steps are done; on the day before opening run kaomon-clinic rehearse"};
    const Text what{fmt::format("{} {}", step->number, step->title.ja),
                    fmt::format("{} {}", step->number, step->title.en)};
    if (const Text ring = ring_today_text(*step, plan); !ring.ja.empty())
        return {what.ja + "。" + ring.ja, what.en + ": " + ring.en};
    if (step->overdue(plan.asked.today)) // the notice's guide; a day that is a wall would be too late
        return {what.ja + "。目安の日を過ぎています。すぐに進めてください。",
                what.en + ": past the guide, do it at once"};
    return {what.ja + "（" + day_text(step->latest).ja + "まで）",
            what.en + " (until " + day_text(step->latest).en + ")"};
}

} // namespace kaomon::introduction
