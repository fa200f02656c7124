// kaomonctl evaluate fusion: what a second embedder would add to the one in use.
#include "tools/evaluate/fusion_report.hpp"
#include "tools/evaluate/second_templates.hpp"
#include "tools/kaomonctl/evaluate_command.hpp"
#include "tools/kaomonctl/evaluate_images.hpp"

#include <fmt/format.h>

namespace kaomon::kaomonctl {
namespace {

struct FusionOptions {
    ImageOptions images;
    std::string second;
    evaluate::FusionSettings settings;
    bool card = false, population = false;
};

int evaluate_fusion(const Common& common, const FusionOptions& options) {
    const Language language = common.language();
    const auto second = evaluate::read_second_templates(options.second);
    if (!second)
        return failed(common, second.error());
    const auto images = acquire_images(options.images, options.card, language);
    if (!images)
        return failed(common, images.error());
    const auto both = evaluate::together(images->list, images->samples, *second, options.card);
    evaluate::FusionSettings settings = options.settings;
    settings.kind = options.population ? match::ScoreKind::normalised : match::ScoreKind::cosine;
    settings.threads = images->threads;
    const auto report = evaluate::fusion(both, images->list.people, settings);
    if (!report) {
        const auto faces = both.faces.size();
        return failed(
            common,
            {exit_usage,
             "too_few_images",
             {fmt::format("両方のテンプレートがある顔は {} 枚で、この FMR を測るには足りません。", faces),
              fmt::format("{} faces have both templates: too few to measure this FMR", faces)},
             {"画像を足すか、--fmr を大きくしてください。同じ人の画像が 2 枚以上必要です。",
              "add images, several of a person among them, or ask for a larger --fmr"}});
    }
    print_line(common.json ? evaluate::as_json(*report) : evaluate::as_text(*report, language));
    return images->complete() ? exit_ok : exit_findings;
}

} // namespace

void add_evaluate_fusion(Commands& commands, CLI::App* group) {
    const auto options = std::make_shared<FusionOptions>();
    CLI::App* sub = commands.add(
        "fusion",
        "whether a second embedder would be worth it: its weight is chosen on one half of the people and "
        "measured on the other",
        [&common = commands.common, options] { return evaluate_fusion(common, *options); }, group);
    add_image_options(*sub, options->images);
    sub->add_option(
           "SECOND", options->second,
           "the second embedder's templates, one a line: line of LIST, live or card, and the numbers, "
           "separated by spaces; tabs between the three")
        ->required();
    sub->add_flag("--card", options->card,
                  "every image also as the photograph of a card: 240 x 300 grey, JPEG 2000 of 7 kB");
    sub->add_flag("--population", options->population,
                  "normalise both scores by the people who do not measure (default: cosines)");
    sub->add_option("--fmr", options->settings.rate, "the false match rate that no group passes")
        ->check(CLI::Range(1e-6, 0.1))
        ->capture_default_str();
    sub->add_option("--splits", options->settings.splits, "how often the people are halved")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
}

} // namespace kaomon::kaomonctl
