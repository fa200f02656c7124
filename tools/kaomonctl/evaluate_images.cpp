#include "tools/kaomonctl/evaluate_images.hpp"

#include "tools/evaluate/progress.hpp"
#include "tools/evaluate/template_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace kaomon::kaomonctl {
namespace {

void notify_images(std::size_t line, std::string_view what) {
    fmt::print(stderr, "line {}: {}\n", line, what);
}

// The first few by their lines, the rest as a number.
void tell_problems(const Images& images, Language language) {
    constexpr std::size_t most = 20;
    std::vector<evaluate::LineProblem> all = images.list.problems;
    for (const auto& sample : images.samples) {
        if (unreadable(sample))
            all.push_back({images.list.entries[sample.entry].line, sample.live.error().detail});
    }
    std::ranges::sort(all, {}, &evaluate::LineProblem::line);
    for (std::size_t i = 0; i < std::min(all.size(), most); ++i)
        notify_images(all[i].line, all[i].what);
    if (all.size() > most)
        fmt::print(stderr, "{}\n",
                   say(language, fmt::format("ほか {} 行", all.size() - most),
                       fmt::format("and {} more lines", all.size() - most)));
}

} // namespace

void add_image_options(CLI::App& command, ImageOptions& options) {
    command
        .add_option("LIST", options.list,
                    "one image a line: path (relative to the list), person and an optional group, separated "
                    "by tabs; a person - is a different one on every line, images of a person ?NAME are not "
                    "compared with each other")
        ->required();
    add_device_options(command, options.device);
    command
        .add_option("--threads", options.threads, "how many images at a time (default: one for each core)")
        ->check(CLI::Range(1U, 256U));
    command.add_option("--resume", options.resume,
                       "keep the templates of images that were looked at in this file (mode 0600) and go on "
                       "from it: biometric data, delete it when done; without this option nothing is kept");
}

Outcome<Images> acquire_images(const ImageOptions& options, bool card, Language language) {
    Images images;
    auto list = evaluate::read_list(options.list);
    if (!list)
        return std::unexpected(list.error());
    images.list = std::move(*list);
    images.threads =
        options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());

    evaluate::AcquisitionSettings settings;
    settings.device = configuration(options.device);
    settings.card = card;
    settings.threads = images.threads;
    auto embedder = evaluate::embedder_of(settings.device.face.models);
    if (!embedder)
        return std::unexpected(embedder.error());
    images.embedder = std::move(*embedder);
    std::unique_ptr<evaluate::TemplateFile> known;
    if (!options.resume.empty()) {
        auto opened = evaluate::TemplateFile::open(options.resume, device_digest(settings.device));
        if (!opened)
            return std::unexpected(opened.error());
        known = std::move(*opened);
        settings.known = known.get();
    }
    evaluate::Progress progress(std::string(say(language, "画像", "images")), images.list.entries.size());
    settings.progress = [&progress](std::size_t done) { progress.at(done); };
    auto samples = evaluate::acquire(images.list, settings);
    if (!samples)
        return std::unexpected(samples.error());
    images.samples = std::move(*samples);
    images.unreadable = static_cast<std::size_t>(std::ranges::count_if(images.samples, evaluate::unreadable));
    tell_problems(images, language);
    return images;
}

} // namespace kaomon::kaomonctl
