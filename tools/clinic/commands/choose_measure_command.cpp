// kaomon-clinic choose measure: what is plugged in, one candidate after the other.
#include "daemon/wiring/camera.hpp"
#include "daemon/wiring/face.hpp"
#include "daemon/wiring/installation.hpp"
#include "daemon/wiring/reader.hpp"
#include "tools/clinic/choose/comparison.hpp"
#include "tools/clinic/choose/identify.hpp"
#include "tools/clinic/choose/measure_camera.hpp"
#include "tools/clinic/choose/measure_reader.hpp"
#include "tools/clinic/choose/store.hpp"
#include "tools/clinic/choose/vendor_answers.hpp"
#include "tools/clinic/commands/choose_command.hpp"
#include "tools/clinic/commands/staff.hpp"
#include "tools/clinic/commands/table_guide.hpp"
#include "tools/clinic/commands/today.hpp"
#include "tools/command/secret_input.hpp"
#include "tools/command/word_option.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

namespace kaomon::clinic {
namespace {

namespace json = boost::json;
using namespace choose;

struct MeasureOptions {
    std::string name, reader, camera, number_from;
    std::optional<Device> only; // empty: both, as far as they are there
    std::string models;         // empty: as installed, else of the tree
    std::optional<ReaderFault> simulate_reader;
    std::optional<CameraFault> simulate_camera;
    std::string still;
    int taps = 50, distance = 50, frames = 30, patience = 20;
    bool no_unplug = false;
    std::optional<clinic::ReaderGeneration> generation; // as the maker says
    std::string maintenance_until;
    std::optional<clinic::PhoneReading> phones;
};

// What a person can do about it. Empty: nothing that is known.
Text advice(Reason why) {
    if (why == Reason::no_camera || why == Reason::no_reader)
        return {
            "つないでから、もう一度測ってください。機器がなければ --simulate-reader none や "
            "--simulate-camera "
            "none で試せます。",
            "plug it in and measure again; without one try --simulate-reader none or --simulate-camera none"};
    if (why == Reason::reader_service_down)
        return {"sudo systemctl start pcscd.socket のあと、もう一度測ってください。",
                "run sudo systemctl start pcscd.socket and measure again"};
    if (why == Reason::camera_busy)
        return {"カメラを使っているソフト（kaomond、会議のソフトなど）を閉じて、もう一度測ってください。",
                "close what uses the camera (kaomond, a program for meetings) and measure again"};
    if (why == Reason::camera_unsuitable)
        return {"カメラの名前を --camera で指定してください。", "name the camera with --camera"};
    if (why == Reason::camera_error)
        return {"カメラを使う権限（グループ video）を確かめ、つなぎ直して、もう一度測ってください。",
                "look whether you may use it (group video), plug it in anew and measure again"};
    if (why == Reason::camera_silent || why == Reason::camera_lost)
        return {
            "別の USB の口に直接つないで、もう一度測ってください。同じなら、購入しないでください。",
            "plug it straight into another USB port and measure again; do not buy it if that is no better"};
    return {};
}

Trouble no_device(const Failure& failure) {
    Trouble told = trouble_of(failure);
    told.next = advice(failure.reason);
    return told;
}

Outcome<Measurement> measure_a_reader(const MeasureOptions& options, TableGuide& guide, Date today) {
    ReaderPlan plan{.today = today,
                    .taps = options.taps,
                    .number = {},
                    .unplug = !options.no_unplug,
                    .patience = std::chrono::seconds(options.patience)};
    std::unique_ptr<SimulatedReaderStand> stand;
    std::unique_ptr<card::Reader> real;
    ReaderFacts facts;
    if (options.simulate_reader) {
        auto made = SimulatedReaderStand::make(*options.simulate_reader, today);
        if (!made)
            return std::unexpected(trouble_of(made.error()));
        stand = std::move(*made);
        guide.play(stand.get());
        plan.number = stand->number();
        plan.patience = Milliseconds(200); // its hands are quick
        facts.simulated = "reader and card: " + std::string(word(*options.simulate_reader));
    } else {
        if (!options.number_from.empty()) {
            auto number = read_secret(options.number_from);
            if (!number)
                return trouble(exit_usage, "number_unreadable",
                               {"照合番号を読めません（" + number.error() + "）。",
                                "the number cannot be read: " + number.error()},
                               {"14 桁を 1 行に書いたファイルを指定してください。",
                                "name a file with the 14 digits in a line"});
            plan.number = std::move(*number);
        }
        real = wiring::make_reader({.reader = options.reader});
    }
    card::Reader& reader = stand ? stand->reader() : *real;
    if (const auto measured = measure_reader(reader, guide, plan, facts); !measured)
        return std::unexpected(facts.reader.empty() ? no_device(measured.error())
                                                    : trouble_of(measured.error()));
    if (!stand) {
        if (const auto known = identify(facts); !known && !facts.ended)
            return std::unexpected(no_device(known.error()));
    }
    Measurement measured = measurement_of(facts, options.name, today);
    add_answers(measured, {options.generation, parse_day(options.maintenance_until), options.phones}, today);
    return measured;
}

Outcome<Measurement> measure_a_camera(const MeasureOptions& options, TableGuide& guide, Date today) {
    CameraPlan plan{.frames_per_light = options.frames, .centimetres = options.distance};
    std::unique_ptr<SimulatedCameraStand> stand;
    std::unique_ptr<camera::Camera> real;
    CameraFacts facts;
    if (options.simulate_camera) {
        auto made = SimulatedCameraStand::make(*options.simulate_camera, options.still);
        if (!made) {
            Trouble told = trouble_of(made.error());
            if (made.error().reason == Reason::config_invalid) // no file of settings is meant here
                told.what = {"--still の画像を使えません（" + made.error().detail + "）。",
                             "the picture of --still cannot be used: " + made.error().detail};
            told.next = {"顔の写った JPEG を --still で指定してください。",
                         "name a JPEG with a face by --still"};
            return std::unexpected(told);
        }
        stand = std::move(*made);
        guide.play(stand.get());
        plan.settle = Milliseconds(0);
        facts.simulated = "camera: " + std::string(word(*options.simulate_camera));
    } else {
        auto made = wiring::make_camera({.device = options.camera});
        if (!made)
            return std::unexpected(no_device(made.error()));
        real = std::move(*made);
        facts.formats = formats_of(options.camera);
    }
    config::Config device;
    if (!options.models.empty())
        device.face.models = options.models;
    device = wiring::found(std::move(device));
    auto pipeline = wiring::load_pipeline(device.face);
    if (pipeline) {
        plan.pipeline = pipeline->get();
    } else {
        guide.note({"顔のモデルがないので、顔の項目は測りません: " + pipeline.error().detail,
                    "no face models, so nothing is measured on faces: " + pipeline.error().detail});
    }
    camera::Camera& camera = stand ? stand->camera() : *real;
    if (const auto measured = measure_camera(camera, guide, plan, facts); !measured)
        return std::unexpected(no_device(measured.error()));
    return measurement_of(facts, options.name, today);
}

void notify(const Staff& staff, const Measurement& measurement) {
    const Language language = staff.language;
    const bool reader = measurement.device == Device::reader;
    print_line(
        (reader ? say(language, "カードリーダー ", "reader ") : say(language, "カメラ ", "camera ")).data() +
        measurement.name + ": " + measurement.id);
    if (!measurement.simulated.empty())
        print_line(std::string(say(language, "【模擬】実物ではありません: ", "SIMULATED, no real device: ")) +
                   measurement.simulated);
    for (const Criterion& one : measurement.criteria) {
        const bool good = one.grade == Grade::pass;
        print_line("  " + std::string(sign(one.grade)) + " " + say(language, one.name) + ": " +
                   shown(one, language) +
                   (good ? "" : std::string(say(language, " … ", " - ")) + say(language, one.reason)));
    }
    const Ranked judged = judge(measurement);
    print_line(std::string(say(language, "評価: ", "verdict: ")) + say(language, grade_text(judged.grade)) +
               std::string(say(language, "。", ": ")) + say(language, judged.reason));
}

// What is wanted and there: reader, camera or both.
struct Wanted {
    bool reader, camera;
};
Wanted wanted(const MeasureOptions& options) {
    const bool simulated = options.simulate_reader || options.simulate_camera;
    if (options.only)
        return {options.only == Device::reader, options.only == Device::camera};
    return simulated ? Wanted{options.simulate_reader.has_value(), options.simulate_camera.has_value()}
                     : Wanted{true, true};
}

int measure(const Common& common, const MeasureOptions& options) {
    Staff staff(common);
    if (auto named = check_name(options.name); !named)
        return staff.fail(named.error());
    if (!options.maintenance_until.empty()) {
        if (const auto day = day_of(options.maintenance_until, "--maintenance-until"); !day)
            return staff.fail(day.error());
    }
    const Date today = today_in_japan();
    const Wanted what = wanted(options);
    std::vector<Measurement> done;
    std::optional<Trouble> missing;
    bool ended = false;
    TableGuide guide(staff.language);
    const auto keep = [&](Outcome<Measurement> measured) -> Outcome<void> {
        if (!measured) {
            // with both asked for, the one that is not there leaves the other
            if (measured.error().code == exit_no_device && what.reader && what.camera) {
                missing = measured.error();
                return {};
            }
            return std::unexpected(measured.error());
        }
        ended = ended || measured->find("ended") != nullptr;
        if (auto saved = save(staff.folder, *measured); !saved)
            return saved;
        done.push_back(std::move(*measured));
        return {};
    };
    if (what.reader) {
        if (auto kept = keep(measure_a_reader(options, guide, today)); !kept)
            return staff.fail(kept.error());
    }
    if (what.camera && !guide.stopped()) {
        if (auto kept = keep(measure_a_camera(options, guide, today)); !kept)
            return staff.fail(kept.error());
    }
    if (done.empty())
        return staff.fail(*missing);
    for (const Measurement& one : done) {
        if (common.json)
            print_json(json::parse(print(one)).as_object());
        else
            notify(staff, one);
        staff.wrote(file_of(one));
    }
    if (!common.json) {
        for (const Text& question : open_questions(done))
            print_line(std::string(say(staff.language, "販売元に聞く: ", "ask the maker: ")) +
                       say(staff.language, question));
    }
    if (missing)
        guide.note(missing->what);
    if (ended && guide.stopped())
        guide.note(
            {"途中で終えました。ここまでの測定は残してあります。", "ended early; what was measured is kept"});
    return staff.end(ended ? exit_findings : exit_ok);
}

} // namespace

void add_choose_measure(Commands& commands, CLI::App* group) {
    const auto options = std::make_shared<MeasureOptions>();
    Common& common = commands.common;
    CLI::App* sub = commands.add(
        "measure",
        "measure what is plugged in: put a card down and take it away, stand before the camera, as told",
        [&common, options] { return measure(common, *options); }, group);
    sub->add_option("--name", options->name, "what this candidate is called from now on, e.g. A")->required();
    add_word(*sub, "--only", options->only, "reader or camera (default: both, as far as they are there)");
    sub->add_option("--reader", options->reader,
                    "part of the reader's PC/SC name (default: where the card is put)");
    sub->add_option("--camera", options->camera, "id or path of the camera (default: the first)");
    sub->add_option("--taps", options->taps, "how often the card is put down")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    sub->add_option(
        "--number-from", options->number_from,
        "file with the 14 digits of verification number B, or -: the photograph is read too, and one of "
        "the card's ten tries may be spent");
    sub->add_flag("--no-unplug", options->no_unplug, "do not ask to pull the reader's plug");
    sub->add_option("--distance", options->distance, "centimetres from the camera to the face")
        ->check(CLI::Range(10, 300))
        ->capture_default_str();
    sub->add_option("--frames", options->frames, "frames looked at in each light")
        ->check(CLI::Range(2, 1000))
        ->capture_default_str();
    sub->add_option("--patience", options->patience, "seconds to wait for each thing asked of the person")
        ->check(CLI::Range(1, 600))
        ->capture_default_str();
    sub->add_option("--models", options->models,
                    "folder of the face models (default: the installed ones, else those of the source tree)");
    add_word(*sub, "--generation", options->generation, "the reader's generation, as its maker says");
    sub->add_option("--maintenance-until", options->maintenance_until,
                    "the day its maintenance ends, YYYY-MM-DD, as its maker says");
    add_word(*sub, "--phones", options->phones, "how it takes telephones, as its maker says");
    add_word(*sub, "--simulate-reader", options->simulate_reader,
             "a simulated reader and card in place of real ones, with one fault");
    add_word(*sub, "--simulate-camera", options->simulate_camera, "a simulated camera, with one fault");
    sub->add_option("--still", options->still, "JPEG with a face that stands before the simulated camera");
}

} // namespace kaomon::clinic
