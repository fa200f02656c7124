// kaomonctl evaluate liveness: attack presentations and bona fide ones through the daemon's own code.
#include "daemon/wiring/face.hpp"
#include "tools/command/report_file.hpp"
#include "tools/command/word_option.hpp"
#include "tools/evaluate/liveness_report.hpp"
#include "tools/evaluate/progress.hpp"
#include "tools/kaomonctl/evaluate_command.hpp"
#include "tools/kaomonctl/evaluate_device.hpp"
#include "tools/words/day.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>

namespace kaomon::kaomonctl {
namespace {

using namespace evaluate;

struct LivenessOptions {
    std::string list;
    std::vector<std::string> stills;
    DeviceOptions device;
    std::vector<PolicyName> policies;                // empty: all
    std::vector<liveness::Kind> required;            // empty: of the policy
    std::vector<camera::Presentation> presentations; // empty: all
    std::string json, html;
    int seeds = 0; // 0: so many that there are a hundred of each species
    bool card = false, screen = false, markdown = false;
    Conditions conditions;
};

struct Task { // one presentation
    GroupKey key;
    std::filesystem::path path;
    const Species* species = nullptr; // of rendered ones
    std::uint64_t seed = 0;
};

constexpr int fewest_presentations = 100; // of each species: 0 of 100 is below 3.6 %

bool demands_light(const LivenessOptions& options) {
    return std::ranges::find(options.required, liveness::Kind::flash) != options.required.end();
}

std::vector<Setting> settings(const LivenessOptions& options) {
    const auto every = values<PolicyName>();
    const bool light = demands_light(options); // without a screen it could never pass
    std::vector<Setting> all;
    for (const auto policy :
         options.policies.empty() ? std::vector(every.begin(), every.end()) : options.policies) {
        if (!light)
            all.push_back({policy, false});
        if (options.screen)
            all.push_back({policy, true});
    }
    return all;
}

std::vector<Task> tasks_of(const ClipList& list, const LivenessOptions& options) {
    std::vector<Task> tasks;
    const int stills = static_cast<int>(options.stills.size());
    const int seeds =
        options.seeds > 0 ? options.seeds : (fewest_presentations + stills - 1) / std::max(1, stills);
    for (const Setting& setting : settings(options)) {
        for (const Clip& clip : list.clips)
            tasks.push_back({{setting, Origin::recorded, clip.label}, clip.path});
        for (const Species& one : all_species()) {
            if (!options.presentations.empty() &&
                std::ranges::find(options.presentations, one.presentation) == options.presentations.end())
                continue;
            for (const auto& still : options.stills) {
                for (int seed = 1; seed <= seeds; ++seed)
                    tasks.push_back({{setting, Origin::rendered, one.label},
                                     still,
                                     &one,
                                     static_cast<std::uint64_t>(seed)});
            }
        }
    }
    return tasks;
}

// What the desk of that policy demands.
Conditions conditions_of(const Setting& setting, const LivenessOptions& options) {
    auto device = configuration(options.device);
    device.match.policy = setting.policy;
    device.liveness.required = options.required;
    Conditions conditions = options.conditions;
    conditions.screen = setting.screen;
    conditions.demands = wiring::capture_demands(device);
    return conditions;
}

// What one thread works with.
struct Parts {
    std::unique_ptr<face::Pipeline> pipeline;
    std::unique_ptr<photo::Decoder> decoder;
};

Result<Parts> parts_of(const LivenessOptions& options) {
    const auto device = configuration(options.device);
    auto pipeline = wiring::load_pipeline(device.face);
    if (!pipeline)
        return std::unexpected(pipeline.error());
    auto decoder = wiring::start_decoder(device.photo);
    if (!decoder)
        return std::unexpected(decoder.error());
    return Parts{std::move(*pipeline), std::move(*decoder)};
}

std::optional<Answer> run_one(Parts& parts, const Task& task, const LivenessOptions& options) {
    const Device device{*parts.pipeline, *parts.decoder};
    const auto conditions = conditions_of(task.key.setting, options);
    if (task.species != nullptr) {
        const bool card = options.card && !camera::bona_fide(task.species->presentation);
        const auto answer = present(device, task.path, *task.species, task.seed, conditions, card);
        return answer ? std::optional(*answer) : std::nullopt;
    }
    const auto frames = frames_of(task.path);
    return frames.empty() ? std::nullopt : std::optional(present(device, frames, conditions));
}

// All cores, each with its own networks.
Result<LivenessTally> run_all(const std::vector<Task>& tasks, const LivenessOptions& options) {
    const std::size_t workers =
        std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), tasks.size());
    std::vector<Parts> all_parts;
    for (std::size_t i = 0; i < workers; ++i) {
        auto parts = parts_of(options);
        if (!parts)
            return std::unexpected(parts.error());
        all_parts.push_back(std::move(*parts));
    }
    LivenessTally tally;
    tally.required = options.required;
    tally.seconds = options.conditions.seconds;
    tally.rate = options.conditions.rate;
    tally.card = options.card;
    std::mutex mutex;
    std::atomic<std::size_t> next{0};
    std::size_t done = 0;
    Progress progress("presentations", tasks.size());
    {
        std::vector<std::jthread> threads;
        for (Parts& parts : all_parts) {
            threads.emplace_back([&, own = &parts] {
                for (std::size_t i = next++; i < tasks.size(); i = next++) {
                    const auto answer = run_one(*own, tasks[i], options);
                    const std::lock_guard lock(mutex);
                    if (answer)
                        tally.add(tasks[i].key, *answer);
                    else
                        ++tally.unusable;
                    progress.at(++done);
                }
            });
        }
    }
    return tally;
}

int evaluate_liveness(const Common& common, LivenessOptions& options) {
    const Language language = common.language();
    const auto refuse = [&](const Trouble& why) { return failed(common, why); };
    if (demands_light(options) && !options.screen)
        return usage(common, say(language, "--required flash を使うときは --screen も要ります。",
                                 "--required flash requires --screen: without its light it never passes"));
    ClipList list;
    if (!options.list.empty()) {
        auto read = read_clip_list(options.list);
        if (!read)
            return refuse(read.error());
        list = std::move(*read);
    }
    for (const auto& problem : list.problems)
        std::fprintf(stderr, "%s:%zu: %s\n", options.list.c_str(), problem.line, problem.what.c_str());
    const auto tasks = tasks_of(list, options);
    if (tasks.empty())
        return usage(common, say(language, "一覧ファイルか --simulated 静止画を指定してください。",
                                 "name a list of clips, or stills with --simulated"));
    auto tally = run_all(tasks, options);
    if (!tally)
        return refuse(trouble_of(tally.error()));
    tally->date = iso(today_in_japan());
    tally->version = KAOMON_VERSION;
    for (const auto& [file, text] : {std::pair(options.json, boost::json::serialize(as_json(*tally)) + "\n"),
                                     std::pair(options.html, as_page(*tally, common.language()))}) {
        if (file.empty())
            continue;
        if (const auto written = write_report(file, text); !written)
            return refuse(written.error());
    }
    if (options.json != to_stdout && options.html != to_stdout) {
        for (const auto& line : options.markdown ? as_markdown(*tally) : as_text(*tally, language))
            print_line(line);
    }
    return tally->unusable > 0 || !list.problems.empty() ? exit_findings : exit_ok;
}

std::string refusal(const std::string& word) {
    const std::string why(liveness::undemandable(word));
    return why.empty() ? why : word + ": " + why;
}

} // namespace

void add_evaluate_liveness(Commands& commands, CLI::App* group) {
    const auto options = std::make_shared<LivenessOptions>();
    CLI::App* sub = commands.add(
        "liveness",
        "error rates for attack and bona fide presentations (ISO/IEC 30107-3), recorded or rendered",
        [&common = commands.common, options] { return evaluate_liveness(common, *options); }, group);
    sub->remove_option(sub->get_option("--json")); // here it takes a file, as with match
    sub->add_option(
        "LIST", options->list,
        "clips, one a line: a folder of JPEG frames or an MJPEG file, a tab, and bona-fide or the "
        "kind of attack");
    sub->add_option("--simulated", options->stills,
                    "JPEG portraits: living heads and attacks are rendered from each");
    add_word(*sub, "--presentations", options->presentations, "which of them are rendered (default: all)")
        ->delimiter(',');
    sub->add_flag("--card", options->card,
                  "the visit's card carries the photograph that a rendered attack shows: what a thief has");
    add_device_options(*sub, options->device);
    add_word(*sub, "--policy", options->policies, "policies of the desk (default: all)")->delimiter(',');
    sub->add_flag("--screen", options->screen, "each of them with a patient screen too, and with its light");
    add_word(*sub, "--required", options->required, "kinds of evidence beside the rule's")
        ->delimiter(',')
        ->check(CLI::Validator(refusal, ""));
    sub->add_option("--seconds", options->conditions.seconds, "of each presentation that are looked at")
        ->check(CLI::Range(0.5, 60.0))
        ->capture_default_str();
    sub->add_option("--rate", options->conditions.rate, "frames per second of the clips")
        ->check(CLI::Range(5, 60))
        ->capture_default_str();
    sub->add_option("--seeds", options->seeds,
                    "rendered presentations of each species and still (default: a hundred of each species)")
        ->check(CLI::Range(1, 1000));
    sub->add_flag("--markdown", options->markdown, "the table of species as the documentation shows it");
    sub->add_option("--json", options->json, "write the figures as JSON to this file; - is standard output");
    sub->add_option("--html", options->html, "write the figures as a page to this file");
    sub->footer("Exit codes: 0 every clip and still was used, 7 done, but some could not be, 3 nothing was "
                "measured.");
}

} // namespace kaomon::kaomonctl
