// kaomon-clinic choose: the candidates that were measured, compared.
#include "tools/clinic/commands/choose_command.hpp"

#include "tools/clinic/choose/comparison.hpp"
#include "tools/clinic/choose/store.hpp"
#include "tools/clinic/choose/vendor_answers.hpp"
#include "tools/clinic/commands/staff.hpp"
#include "tools/clinic/folder/pages.hpp"
#include "tools/command/report_file.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

namespace kaomon::clinic {
namespace {

namespace json = boost::json;
using namespace choose;

int list(const Common& common) {
    Staff staff(common);
    const auto all = load(staff.folder);
    if (!all)
        return staff.fail(all.error());
    if (common.json) {
        json::array candidates;
        for (const Measurement& one : *all)
            candidates.push_back(json::object{{"device", one.device == Device::reader ? "reader" : "camera"},
                                              {"name", one.name},
                                              {"id", one.id},
                                              {"on", iso(one.on)},
                                              {"simulated", one.simulated},
                                              {"grade", word(judge(one).grade)}});
        print_json({{"candidates", std::move(candidates)}});
        return staff.end(exit_ok);
    }
    if (all->empty())
        print_line(say(staff.language,
                       "まだ何も測っていません。kaomon-clinic choose measure --name A で始めてください。",
                       "nothing was measured yet: begin with kaomon-clinic choose measure --name A"));
    for (const Measurement& one : *all)
        print_line(fmt::format("{} {} {}  {}  {}  {}{}", sign(judge(one).grade),
                               one.device == Device::reader ? say(staff.language, "リーダー", "reader")
                                                            : say(staff.language, "カメラ", "camera"),
                               one.name, say(staff.language, grade_text(judge(one).grade)), iso(one.on),
                               one.id,
                               one.simulated.empty() ? "" : say(staff.language, "（模擬）", " (simulated)")));
    return staff.end(exit_ok);
}

int compare(const Common& common, const std::string& html_file) {
    Staff staff(common);
    const auto all = load(staff.folder);
    if (!all)
        return staff.fail(all.error());
    if (all->empty())
        return staff.fail({exit_usage,
                           "nothing_measured",
                           {"比べる測定がありません。", "there is nothing to compare"},
                           {"kaomon-clinic choose measure --name A で測ってください。",
                            "measure with kaomon-clinic choose measure --name A"}});
    const Date today = today_in_japan();
    const std::string html = comparison_page(*all, staff.language, today);
    if (auto written = clinic::write_page(staff.folder, "comparison.html", html, staff.language, today);
        !written)
        return staff.fail(written.error());
    if (!html_file.empty()) {
        if (auto copied = write_report(html_file, html); !copied)
            return staff.fail(copied.error());
    }
    if (common.json) {
        print_json(json::parse(comparison_json(*all, today)).as_object());
        return staff.end(exit_ok);
    }
    for (const Device device : {Device::reader, Device::camera}) {
        const auto ranked = rank(*all, device);
        if (ranked.empty())
            continue;
        print_line(device == Device::reader ? say(staff.language, "カードリーダー", "Readers")
                                            : say(staff.language, "カメラ", "Cameras"));
        int place = 0;
        for (const Ranked& one : ranked)
            print_line(fmt::format(
                "  {}. {} {}{}: {}。{}", ++place, sign(one.grade), one.candidate->name,
                one.candidate->simulated.empty() ? "" : say(staff.language, "（模擬）", " (simulated)"),
                say(staff.language, grade_text(one.grade)), say(staff.language, one.reason)));
    }
    for (const Text& question : open_questions(*all))
        print_line(std::string(say(staff.language, "販売元に聞く: ", "ask the maker: ")) +
                   say(staff.language, question));
    staff.wrote("comparison.html");
    return staff.end(exit_ok);
}

int forget_candidate(const Common& common, const std::string& name) {
    Staff staff(common);
    if (auto gone = forget(staff.folder, name); !gone)
        return staff.fail(gone.error());
    return staff.end(exit_ok);
}

} // namespace

void add_choose(Commands& commands) {
    Common& common = commands.common;
    CLI::App* group = commands.add_group("choose", "measure card readers and cameras, and compare them");
    add_choose_measure(commands, group);
    commands.add("list", "the candidates that were measured", [&common] { return list(common); }, group);
    const auto html = std::make_shared<std::string>(), name = std::make_shared<std::string>();
    commands
        .add(
            "compare", "which one to buy, with the reason in one sentence",
            [&common, html] { return compare(common, *html); }, group)
        ->add_option("--html", *html, "write the page there too (it is always in the clinic's folder)");
    commands
        .add(
            "forget", "forget a candidate", [&common, name] { return forget_candidate(common, *name); },
            group)
        ->add_option("name", *name, "as it was called")
        ->required();
}

} // namespace kaomon::clinic
