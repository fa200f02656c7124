// kaomon-clinic procure: the request for a quote and the order, filled from what is known.
#include "tools/clinic/choose/store.hpp"
#include "tools/clinic/commands/staff.hpp"
#include "tools/clinic/commands/today.hpp"
#include "tools/clinic/folder/pages.hpp"
#include "tools/clinic/introduction/prefecture.hpp"
#include "tools/clinic/procure/reader_change.hpp"
#include "tools/clinic/procure/sheet_page.hpp"
#include "tools/page/page.hpp"

#include <boost/json/array.hpp>

#include <fstream>
#include <memory>

namespace kaomon::clinic {
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

json::array texts(const std::vector<Text>& all, Language language) {
    json::array array;
    for (const Text& one : all)
        array.push_back(json::string(say(language, one)));
    return array;
}

void print_warnings(const std::vector<Text>& warnings, Language language) {
    for (const Text& one : warnings)
        print_line(std::string(say(language, "注意: ", "warning: ")) + say(language, one));
}

json::object sheet_json(const procure::Sheet& sheet, Language language) {
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
            {"number", sheet.number},
            {"simulated", sheet.simulated},
            {"warnings", texts(sheet.warnings, language)},
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
    const std::string page = procure::sheet_page(sheet, staff.language);
    const auto html =
        put(staff.folder, options.html, quote ? "quote-request.html" : "order.html",
            options.html.empty() ? page::with_way_home(page, staff.language, "index.html") : page);
    if (!html)
        return staff.fail(html.error());
    const auto csv = put(staff.folder, options.csv, quote ? "quote-request.csv" : "order.csv",
                         procure::csv(sheet, staff.language));
    if (!csv)
        return staff.fail(csv.error());
    if (auto index = clinic::write_index(staff.folder, staff.language, *today); !index)
        return staff.fail(index.error());
    if (common.json) {
        json::object said = sheet_json(sheet, staff.language);
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
                                   "空欄のままの項目（手で書くか、kaomon-clinic profile で入れてください）: ",
                                   "left blank (fill in by hand, or say it with kaomon-clinic profile): ")) +
                   labels);
    }
    print_warnings(sheet.warnings, staff.language);
    return staff.end(exit_ok);
}

int procure_change(const Common& common, const std::string& today_text) {
    Staff staff(common);
    const auto profile = clinic::read_profile(staff.folder);
    if (!profile)
        return staff.fail(profile.error());
    const auto today = today_of(today_text);
    if (!today)
        return staff.fail(today.error());
    const Language language = staff.language;
    const auto change = procure::plan_change(*profile, profile->open(), *today);
    if (auto written = clinic::write_page(staff.folder, "reader-change.html",
                                          procure::change_page(change, language, *today), language, *today);
        !written)
        return staff.fail(written.error());
    if (common.json) {
        json::array steps;
        for (const auto& step : change.steps)
            steps.push_back(
                json::object{{"what", say(language, step.what)},
                             {"latest", step.latest ? json::value(iso(*step.latest)) : json::value(nullptr)},
                             {"overdue", step.overdue}});
        json::object said{{"model", change.model},        {"generation", nullptr},
                          {"maintenance_until", nullptr}, {"phones", nullptr},
                          {"steps", std::move(steps)},    {"warnings", texts(change.warnings, language)}};
        if (change.generation)
            said["generation"] = word(*change.generation);
        if (change.maintenance_until)
            said["maintenance_until"] = iso(*change.maintenance_until);
        if (change.phones)
            said["phones"] = word(*change.phones);
        print_json(said);
    } else {
        for (const auto& step : change.steps)
            print_line(
                (step.latest ? say(language, day_text(*step.latest))
                             : std::string(say(language, "今日", "today"))) +
                "  " + say(language, step.what) +
                std::string(step.overdue ? say(language, "  目安の日を過ぎました", "  past the guide") : ""));
        print_warnings(change.warnings, language);
        staff.wrote("reader-change.html");
    }
    return staff.end(change.warnings.empty() ? exit_ok : exit_findings);
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
    const auto today = std::make_shared<std::string>();
    commands
        .add(
            "change",
            "the change of the official face reader: end of maintenance, next generation, telephones",
            [&common = commands.common, today] { return procure_change(common, *today); }, group)
        ->add_option("--today", *today, "as if today were YYYY-MM-DD");
}

} // namespace kaomon::clinic
