// kaomonctl evaluate population: the statistics that scores are normalised by, from images of the people a
// desk serves.
#include "daemon/match/population.hpp"
#include "tools/kaomonctl/evaluate_command.hpp"
#include "tools/kaomonctl/evaluate_images.hpp"
#include "tools/words/day.hpp"

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <fstream>

namespace kaomon::kaomonctl {
namespace {

struct PopulationOptions {
    ImageOptions images;
    std::string out, source = "not stated";
};

Outcome<match::Population> population_of(const Images& images, const std::string& source) {
    std::vector<face::Template> templates;
    std::vector<std::uint32_t> groups;
    for (const auto& sample : images.samples) {
        if (!sample.live)
            continue;
        templates.push_back(sample.live->face);
        groups.push_back(images.list.entries[sample.entry].group);
    }
    if (templates.size() < match::fewest_images) {
        const auto n = templates.size();
        return trouble(
            exit_usage, "too_few_images",
            {fmt::format("顔を取り出せた画像は {} 枚です。{} 枚以上が必要です。", n, match::fewest_images),
             fmt::format("{} images gave a template, at least {} are needed", n, match::fewest_images)},
            {"受付に来る人たちの、本人の同意がある写真を足してください（1,000 枚あればより正確です）。",
             "add photographs of people like those the desk serves, with their consent (1,000 are better)"});
    }
    match::Provenance from;
    from.source = source;
    from.date = iso(today_in_japan());
    from.model = images.embedder;
    if (std::ranges::all_of(images.list.groups, [](const auto& name) { return name.empty(); }))
        groups.clear();
    else {
        for (const auto& name : images.list.groups)
            from.groups.push_back({name, 0});
    }
    auto made = match::Population::of(templates, groups, std::move(from));
    if (!made)
        return std::unexpected(trouble_of(made.error()));
    return std::move(*made);
}

int evaluate_population(const Common& common, const PopulationOptions& options) {
    const Language language = common.language();
    const auto images = acquire_images(options.images, false, language);
    if (!images)
        return failed(common, images.error());
    const auto population = population_of(*images, options.source);
    if (!population)
        return failed(common, population.error());
    if (!(std::ofstream(options.out, std::ios::binary) << population->print()).flush())
        return failed(common, {exit_usage,
                               "cannot_write",
                               {options.out + " に書けません。", options.out + " cannot be written"},
                               {"場所と権限を確かめてください。", "look at the place and its permissions"}});
    const auto& from = population->provenance();
    const std::size_t failures = images->samples.size() - images->unreadable - from.images;
    if (common.json) {
        print_json({{"images", from.images},
                    {"failures_to_acquire", failures},
                    {"unreadable", images->unreadable},
                    {"bad_lines", images->list.problems.size()},
                    {"source", from.source},
                    {"date", from.date},
                    {"model", from.model}});
    } else {
        print_line(say(language,
                       fmt::format("書きました: {}（{} 枚、顔なし {} 枚、読めない画像 {} 枚）", options.out,
                                   from.images, failures, images->unreadable),
                       fmt::format("wrote {} ({} images; {} without a usable face, {} unreadable)",
                                   options.out, from.images, failures, images->unreadable)));
        print_line(
            say(language,
                "kaomond.toml の [match] population にこのファイルを書き、kaomond を再起動してください。",
                "name it in kaomond.toml, [match] population, and restart kaomond"));
    }
    return images->complete() ? exit_ok : exit_findings;
}

} // namespace

void add_evaluate_population(Commands& commands, CLI::App* group) {
    const auto options = std::make_shared<PopulationOptions>();
    CLI::App* sub = commands.add(
        "population",
        "make the population file: mean and covariance of the templates of at least 200 images; personal "
        "data, for two files tell whose portraits are in one of them only",
        [&common = commands.common, options] { return evaluate_population(common, *options); }, group);
    add_image_options(*sub, options->images);
    sub->add_option("-o,--out", options->out, "the file to write")->required();
    sub->add_option(
           "--source", options->source,
           "whose images they are and on what terms, one line: kept in the file and shown by GetInfo")
        ->capture_default_str();
}

} // namespace kaomon::kaomonctl
