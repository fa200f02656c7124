// kaomonctl evaluate match: error rates of the face comparison, on a list of images.
#include "tools/command/report_file.hpp"
#include "tools/evaluate/evaluation.hpp"
#include "tools/kaomonctl/evaluate_command.hpp"
#include "tools/kaomonctl/evaluate_images.hpp"
#include "tools/words/day.hpp"

#include <fmt/format.h>

namespace kaomon::kaomonctl {
namespace {

struct MatchOptions {
    ImageOptions images;
    std::string population, json, html;
    std::size_t frames = 1;
    bool card = false, markdown = false;
};

class Stopwatch {
  public:
    double seconds() const { return std::chrono::duration<double>(SteadyClock::now() - begun_).count(); }

  private:
    Instant begun_ = SteadyClock::now();
};

int evaluate_match(const Common& common, const MatchOptions& options) {
    const Language language = common.language();
    const auto refuse = [&](const Trouble& why) { return failed(common, why); };
    const Stopwatch acquiring;
    const auto images = acquire_images(options.images, options.card, language);
    if (!images)
        return refuse(images.error());
    const double seconds_acquiring = acquiring.seconds();
    evaluate::EvaluationSettings settings{.card = options.card,
                                          .views = options.frames,
                                          .population = std::nullopt,
                                          .threads = images->threads};
    if (!options.population.empty()) {
        auto population = match::Population::load(options.population, images->embedder);
        if (!population)
            return refuse(trouble_of(population.error()));
        settings.population = std::move(*population);
    }
    if (std::ranges::none_of(images->samples, [](const auto& sample) { return sample.live.has_value(); }))
        return refuse({exit_usage,
                       "no_usable_image",
                       {"顔を取り出せる画像が 1 枚もありません。", "not one image of the list gave a face"},
                       {"一覧のパスは一覧ファイルの場所から見たものです。",
                        "paths in the list are relative to the folder of the list"}});
    const Stopwatch comparing;
    evaluate::Report report = evaluate::evaluate(images->list, images->samples, settings);
    report.date = iso(today_in_japan());
    report.version = KAOMON_VERSION;
    report.model = images->embedder;
    report.arithmetic = word(options.images.device.arithmetic);
    report.seconds_acquiring = seconds_acquiring;
    report.seconds_comparing = comparing.seconds();

    for (const auto& [file, text] :
         {std::pair(options.json, options.json.empty() ? "" : evaluate::as_json(report)),
          std::pair(options.html,
                    options.html.empty() ? "" : evaluate::as_page(report, common.language()))}) {
        if (file.empty())
            continue;
        if (const auto written = write_report(file, text); !written)
            return refuse(written.error());
    }
    if (options.json != to_stdout && options.html != to_stdout)
        print_line(options.markdown ? evaluate::as_markdown(report) : evaluate::as_text(report));
    return images->complete() ? exit_ok : exit_findings;
}

} // namespace

void add_evaluate_match(Commands& commands, CLI::App* group) {
    const auto options = std::make_shared<MatchOptions>();
    CLI::App* sub = commands.add(
        "match",
        "error rates of the face comparison (ISO/IEC 19795-1): false non-match rate at false match rates, "
        "per group, with intervals",
        [&common = commands.common, options] { return evaluate_match(common, *options); }, group);
    sub->remove_option(sub->get_option("--json")); // here it takes a file
    add_image_options(*sub, options->images);
    sub->add_flag("--card", options->card,
                  "every image also as the photograph of a card: 240 x 300 grey, JPEG 2000 of 7 kB");
    sub->add_option("--frames", options->frames, "up to how many images of a person are fused into a probe")
        ->check(CLI::Range(1, 10))
        ->capture_default_str();
    sub->add_option("--population", options->population,
                    "also with scores normalised by this file (made of other people than those of the list)");
    sub->add_option("--json", options->json, "write the report as JSON to this file; - is standard output");
    sub->add_option("--html", options->html, "write the report as a page with plots to this file");
    sub->add_flag("--markdown", options->markdown, "print the tables as Markdown");
    sub->footer(
        "Exit codes: 0 every image of the list was used, 7 done, but lines or images could not be read\n"
        "(they are named by their lines on standard error), 3 nothing was measured.");
}

} // namespace kaomon::kaomonctl
