// kaomonctl procure: the request for a quote and the order, filled from what is known.
#include "tools/choose/store.hpp"
#include "tools/clinic/pages.hpp"
#include "tools/introduction/prefecture.hpp"
#include "tools/kaomonctl/staff.hpp"
#include "tools/kaomonctl/today.hpp"
#include "tools/procure/sheet_page.hpp"

#include <boost/json/array.hpp>

#include <fstream>
#include <memory>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;
using procure::Kind;

struct ProcureOptions {
    std::string html, csv, today;
};

std::optional<introduction::Plan> plan_of(const clinic::Profile& profile, Date today) {
    const auto open = profile.open();
    const auto prefecture = introduction::spelled(profile["prefecture"]);
    const auto kind = profile.kind();
    if (!open || !prefecture || !kind)
        return std::nullopt;
    auto plan =
        introduction::make_plan(introduction::Bureaus::built_in(), {*open, *prefecture, *kind, today}, {});
    return plan ? std::optional(std::move(*plan)) : std::nullopt;
}

json::object as_json(const procure::Sheet& sheet, Language language) {
    json::array sections, questions, missing;
    for (const auto& section : sheet.sections) {
        json::object entries;
        for (const auto& entry : section.entries)
            entries[entry.word] = say(language, entry.value);
        sections.push_back(
            json::object{{"heading", say(language, section.heading)}, {"entries", std::move(entries)}});
    }
    for (const Text& question : sheet.questions)
        questions.push_back(json::string(say(language, question)));
    for (const Text& label : sheet.missing)
        missing.push_back(json::string(say(language, label)));
    return {{"kind", sheet.kind == Kind::quote ? "quote" : "order"},
            {"on", iso(sheet.on)},
            {"simulated", sheet.simulated},
            {"sections", std::move(sections)},
            {"questions", std::move(questions)},
            {"missing", std::move(missing)}};
}

int procure_sheet(const Common& common, const ProcureOptions& options, Kind kind) {
    Staff staff(common);
    const auto profile = clinic::read_profile(staff.folder);
    if (!profile)
        return staff.fail(profile.error());
    const auto measurements = choose::load(staff.folder);
    if (!measurements)
        return staff.fail(measurements.error());
    const auto today = today_of(options.today);
    if (!today)
        return staff.fail(today.error());
    const auto plan = plan_of(*profile, *today);
    const auto sheet = procure::make_sheet(kind, {.profile = *profile,
                                                  .measurements = *measurements,
                                                  .plan = plan ? &*plan : nullptr,
                                                  .today = *today});
    const bool quote = kind == Kind::quote;
    const auto html = put(staff.folder, options.html, quote ? "quote-request.html" : "order.html",
                          procure::sheet_page(sheet, staff.language));
    if (!html)
        return staff.fail(html.error());
    const auto csv = put(staff.folder, options.csv, quote ? "quote-request.csv" : "order.csv",
                         procure::csv(sheet, staff.language));
    if (!csv)
        return staff.fail(csv.error());
    if (auto index = clinic::write_index(staff.folder, staff.language, *today); !index)
        return staff.fail(index.error());
    if (common.json) {
        json::object said = as_json(sheet, staff.language);
        said["html"] = *html;
        said["csv"] = *csv;
        print_json(said);
        return staff.end(exit_ok);
    }
    print_line(std::string(say(staff.language, "書きました: ", "wrote ")) + *html);
    print_line(std::string(say(staff.language, "書きました: ", "wrote ")) + *csv);
    if (!sheet.missing.empty()) {
        std::string labels;
        for (const Text& label : sheet.missing)
            labels += (labels.empty() ? "" : std::string(say(staff.language, "、", ", "))) +
                      say(staff.language, label);
        print_line(std::string(say(staff.language,
                                   "空欄のままの項目（手で書くか、kaomonctl clinic で入れてください）: ",
                                   "left blank (fill in by hand, or say it with kaomonctl clinic): ")) +
                   labels);
    }
    return staff.end(exit_ok);
}

} // namespace

void add_procure(Commands& commands) {
    CLI::App* group = commands.add_group("procure", "request for a quote and order, for print and as CSV");
    for (const Kind kind : {Kind::quote, Kind::order}) {
        const auto options = std::make_shared<ProcureOptions>();
        CLI::App* sub = commands.add(
            kind == Kind::quote ? "quote" : "order",
            kind == Kind::quote ? "the request for a quote (見積依頼書)" : "the order (発注書)",
            [&common = commands.common, options, kind] { return procure_sheet(common, *options, kind); },
            group);
        sub->add_option("--html", options->html, "file (default: in the clinic's folder)");
        sub->add_option("--csv", options->csv, "file (default: in the clinic's folder)");
        sub->add_option("--today", options->today, "as if today were YYYY-MM-DD");
    }
}

} // namespace kaomon::kaomonctl
