// kaomon-clinic rehearse: the day before opening, everything once, on the desk as it will be used.
#include "daemon/wiring/camera.hpp"
#include "daemon/wiring/face.hpp"
#include "daemon/wiring/installation.hpp"
#include "daemon/wiring/living_still.hpp"
#include "daemon/wiring/reader.hpp"
#include "drivers/card/simulated/simulated_reader.hpp"
#include "tools/clinic/commands/network_line.hpp"
#include "tools/clinic/commands/staff.hpp"
#include "tools/clinic/commands/today.hpp"
#include "tools/clinic/folder/pages.hpp"
#include "tools/clinic/folder/profile.hpp"
#include "tools/clinic/rehearse/parts.hpp"
#include "tools/clinic/rehearse/rehearsal_page.hpp"
#include "tools/clinic/rehearse/simulated_card.hpp"
#include "tools/command/findings.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <memory>

namespace kaomon::clinic {
namespace {

namespace json = boost::json;
using namespace rehearse;

struct RehearseOptions {
    std::string config;         // empty: the installed one, or the defaults where there is none
    std::string simulated;      // a photograph: reader and camera are simulated, this person stands there
    std::string simulated_card; // another one of the same person: what the simulated cards carry
    NetworkOptions network;
    std::string html;
    int wait = 20; // seconds for a card, and for a face
};

struct Devices {
    std::unique_ptr<card::Reader> reader;
    std::unique_ptr<camera::Camera> camera;
    Text simulated;
};

Result<std::unique_ptr<card::Reader>> simulated_reader(const Image& photograph, Date today) {
    auto issued = issue_card(photograph, {}, today);
    if (!issued)
        return std::unexpected(issued.error());
    auto reader = std::make_unique<card::simulated::SimulatedReader>();
    reader->insert(issued->card);
    return reader;
}

Result<config::Config> configuration(const RehearseOptions& options) {
    auto config = config::load_named(options.config);
    if (!config)
        return config;
    if (!options.simulated.empty()) {
        config->camera.source = camera::Source::simulated;
        config->camera.stills = {options.simulated};
        config->camera.fault.clear();
    }
    return wiring::found(std::move(*config));
}

// `photograph`: of simulated cards; without it the reader is the real one.
Result<Devices> devices_of(const config::Config& config, const std::optional<Image>& photograph, Date today) {
    auto camera = wiring::make_camera(config.camera);
    if (!camera)
        return std::unexpected(camera.error());
    Result<std::unique_ptr<card::Reader>> reader =
        photograph ? simulated_reader(*photograph, today) : wiring::make_reader(config.card);
    if (!reader)
        return std::unexpected(reader.error());
    Text simulated;
    if (photograph)
        simulated = {"カードリーダー、カード、カメラ", "card reader, card, camera"};
    else if ((*camera)->simulated())
        simulated = {"カメラ", "camera"};
    return Devices{std::move(*reader), std::move(*camera), std::move(simulated)};
}

// What the line has, and what its time server says of this computer's clock. Without a line: why nothing.
std::vector<Finding> line_findings(const clinic::Profile& profile, const NetworkOptions& options) {
    const auto line = line_of(options, profile);
    if (line)
        return network::check(*line, settings_of(options, profile), [](const Text&) {});
    return {{"line",
             {"回線", "line"},
             Standing::not_checkable,
             {"回線の種類が決まっている", "its type is known"},
             line.error().what,
             {"kaomon-clinic profile network.line=… で回線の種類を決めてください。",
              "say its type with kaomon-clinic profile network.line=…"}}};
}

json::object rehearsal_json(const Rehearsal& rehearsal, Language language) {
    json::object parts;
    for (const Part& part : rehearsal.parts)
        parts[part.word] = json::object{{"state", word(part.standing())},
                                        {"checks", findings_json(part.findings, language)}};
    return {{"on", iso(rehearsal.on)},
            {"verdict", word(rehearsal.standing())},
            {"simulated", say(language, rehearsal.simulated)},
            {"parts", std::move(parts)}};
}

void print_rehearsal(const Rehearsal& rehearsal, Language language) {
    if (!rehearsal.simulated.ja.empty())
        print_line(std::string(say(language, "【模擬】", "SIMULATED: ")) +
                   say(language, rehearsal.simulated));
    for (const Part& part : rehearsal.parts) {
        print_line("-- " + say(language, part.title));
        print_findings(part.findings, language);
    }
    print_line(say(language, verdict_text(rehearsal.standing())));
}

bool lacks_a_device(const Rehearsal& rehearsal) {
    return std::ranges::any_of(rehearsal.parts, [](const Part& part) {
        return std::ranges::any_of(part.findings, [](const Finding& one) {
            return one.standing == Standing::failed && (one.word == "reader" || one.word == "camera");
        });
    });
}

Outcome<Rehearsal> rehearse_all(Staff& staff, const RehearseOptions& options) {
    const auto profile = clinic::read_profile(staff.folder);
    if (!profile)
        return std::unexpected(profile.error());
    const auto last =
        staff.folder.read<certificate::Record>(certificate::record_file, certificate::parse_record);
    if (!last)
        return std::unexpected(last.error());
    const Date today = today_in_japan();
    auto config = configuration(options);
    if (!config)
        return std::unexpected(trouble_of(config.error()));
    TestCard card;
    if (config->card.read_block != 0) // else what the driver asks for where nothing larger is announced
        card.read_block = static_cast<std::size_t>(config->card.read_block);
    if (!options.simulated_card.empty()) {
        auto photograph = read_photograph(options.simulated_card);
        if (!photograph)
            return std::unexpected(trouble_of(photograph.error()));
        card.photograph = std::move(*photograph);
    }
    const auto pipeline = wiring::load_pipeline(config->face);
    if (!pipeline)
        return std::unexpected(trouble_of(pipeline.error()));
    if (!options.simulated.empty() && options.simulated.find('#') == std::string::npos) {
        const auto person = wiring::living_still(options.simulated, **pipeline);
        if (!person)
            return std::unexpected(trouble_of(person.error()));
        config->camera.stills = {person->name};
    }
    auto devices = devices_of(*config, card.photograph, today);
    if (!devices)
        return std::unexpected(trouble_of(devices.error()));
    const auto decoder = wiring::start_decoder(config->photo);
    if (!decoder)
        return std::unexpected(trouble_of(decoder.error()));
    auto rule = wiring::decision_rule(*config, **pipeline);
    if (!rule)
        return std::unexpected(trouble_of(rule.error()));
    const Prompt prompt = [&](const Text& text) {
        std::fprintf(stderr, "%s\n", say(staff.language, text).c_str());
    };
    const Milliseconds patience = std::chrono::seconds(options.wait);
    const Desk desk{.devices = {*devices->camera, **pipeline, **decoder},
                    .demands = wiring::capture_demands(*config),
                    .rule = std::move(*rule),
                    .min_tries = wiring::min_tries(config->card),
                    .patience = patience};

    Rehearsal rehearsal{
        .on = today, .clinic = (*profile)["name"], .simulated = devices->simulated, .parts = {}};
    rehearsal.parts.push_back(look_at_reader(*devices->reader, patience, today, prompt));
    rehearsal.parts.push_back(look_at_camera(desk, prompt));
    std::vector<Finding> line = line_findings(*profile, options.network);
    const auto clock =
        std::ranges::stable_partition(line, [](const Finding& one) { return one.word != "clock"; });
    const std::vector<Finding> asked(clock.begin(), clock.end());
    line.erase(clock.begin(), clock.end());
    rehearsal.parts.push_back({"network", {"回線", "line"}, std::move(line)});
    rehearsal.parts.push_back(look_at_certificate(*last, today));
    rehearsal.parts.push_back(
        look_at_clock(today, std::max(collected_day(), *last ? (*last)->on : Date{}), asked));
    rehearsal.parts.push_back(look_at_visit(desk, card, today, prompt));
    return rehearsal;
}

int rehearse_day(const Common& common, const RehearseOptions& options) {
    Staff staff(common);
    const auto rehearsal = rehearse_all(staff, options);
    if (!rehearsal)
        return staff.fail(rehearsal.error());
    const std::string html = rehearsal_page(*rehearsal, staff.language);
    const json::object said = rehearsal_json(*rehearsal, staff.language);
    if (auto written = staff.folder.put("rehearsal.json", json::serialize(said) + "\n"); !written)
        return staff.fail(written.error());
    if (auto written =
            clinic::write_page(staff.folder, "rehearsal.html", html, staff.language, rehearsal->on);
        !written)
        return staff.fail(written.error());
    if (!options.html.empty()) {
        if (auto copied = put(staff.folder, options.html, "", html); !copied)
            return staff.fail(copied.error());
    }
    if (common.json)
        print_json(said);
    else
        print_rehearsal(*rehearsal, staff.language);
    staff.wrote("rehearsal.html");
    if (rehearsal->standing() == Standing::good)
        return staff.end(exit_ok);
    return staff.end(lacks_a_device(*rehearsal) ? exit_no_device : exit_findings);
}

} // namespace

void add_rehearse(Commands& commands) {
    const auto options = std::make_shared<RehearseOptions>();
    CLI::App* sub = commands.add(
        "rehearse",
        "the day before opening: reader, camera, light, line, certificate, clock and a test visit",
        [&common = commands.common, options] { return rehearse_day(common, *options); });
    sub->add_option("--config", options->config,
                    "kaomond's configuration: its devices, and what it demands (default: the installed one)");
    auto* simulated =
        sub->add_option("--simulated", options->simulated,
                        "a JPEG of a face: reader and camera are simulated, and this person stands there");
    auto* card = sub->add_option(
        "--simulated-card", options->simulated_card,
        "another JPEG of that person, for the simulated cards (one and the same would be taken "
        "for a photograph held before the camera)");
    simulated->needs(card);
    card->needs(simulated);
    add_line_options(*sub, options->network);
    sub->add_option("--html", options->html,
                    "write the page there too (it is always in the clinic's folder)");
    sub->add_option("--wait", options->wait, "seconds to wait for a card, and for a face")
        ->check(CLI::Range(1, 120))
        ->capture_default_str();
}

} // namespace kaomon::clinic
