// kaomond: options, configuration, wiring. The only place that names concrete drivers.
#include "daemon/audit/log.hpp"
#include "daemon/config/config.hpp"
#include "daemon/face/pipeline.hpp"
#include "daemon/health/service.hpp"
#include "daemon/photo/decoder.hpp"
#include "daemon/result/jws.hpp"
#include "daemon/session/card_work.hpp"
#include "daemon/session/face_work.hpp"
#include "daemon/session/verification_desk.hpp"
#include "daemon/socket/server.hpp"
#include "drivers/base/arena.hpp"
#include "drivers/base/log.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/camera/simulated/camera.hpp"
#include "drivers/camera/v4l2/camera.hpp"
#include "drivers/card/pcsc/pcsc_reader.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <iostream>

namespace kaomon {
namespace {

constexpr int exit_ok = 0, exit_cannot_start = 1, exit_bad_configuration = 78; // EX_CONFIG of sysexits.h

Date today() {
    return Date{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now() +
                                                      std::chrono::hours(9))}; // JST
}

// Bytes for one visit: 16 MiB for what does not grow with the picture (the nets' activations and inputs,
// crops, the photograph of at most 64 KiB and its pixels of at most 3 MiB, calls, templates), and 24 bytes
// for each pixel of a frame: its JPEG (at most 3), its RGB (3), the same with a border for faces that fill
// the picture (1.6 x 1.6 x 3), and twice that, for blocks are powers of two. 640 x 480: 32 MiB; how
// much of it was ever taken stands in the log when the daemon ends.
std::size_t arena_bytes(const config::Camera& camera) {
    return (std::size_t{16} << 20) +
           24 * static_cast<std::size_t>(camera.width) * static_cast<std::size_t>(camera.height);
}

std::int64_t now() {
    return static_cast<std::int64_t>(std::time(nullptr));
}

Result<std::unique_ptr<camera::Camera>> open_camera_driver(const config::Camera& wanted) {
    if (wanted.source == camera::Source::simulated) {
        return camera::simulated::make_simulated_camera({.stills = wanted.stills,
                                                         .width = wanted.width,
                                                         .height = wanted.height,
                                                         .rate = wanted.rate,
                                                         .seed = wanted.seed,
                                                         .fault_fifo = wanted.fault,
                                                         .presentation = wanted.presentation});
    }
    return camera::v4l2::make_v4l2_camera(
        {.device = wanted.device, .width = wanted.width, .height = wanted.height, .rate = wanted.rate});
}

std::vector<liveness::Kind> required_kinds(const config::Config& config) {
    const auto demanded = liveness::required_by(config.match.policy);
    return config.liveness.required.empty() ? std::vector(demanded.begin(), demanded.end())
                                            : config.liveness.required;
}

session::VerificationDesk::Settings desk_settings(const config::Config& config,
                                                  const face::Pipeline& pipeline,
                                                  match::Comparison comparison, const camera::Camera& camera,
                                                  const result::SigningKey& key, std::size_t trusted_keys,
                                                  std::size_t authorities) {
    session::VerificationDesk::Settings settings;
    settings.deadline = config.session.deadline;
    settings.policy = match::policy_of(config.match.policy, comparison.kind());
    settings.required_liveness = required_kinds(config);
    settings.validity = config.result.validity;
    settings.simulated_camera = camera.simulated();
    settings.camera = camera.id();
    settings.now = now;
    settings.suspicion_lasts = std::chrono::seconds(config.session.suspicion);
    session::DeviceInfo& info = settings.info;
    info.issuer = config.result.issuer.empty() ? "kaomon:" + key.key_id() : config.result.issuer;
    info.methods = config.session.methods;
    info.policy = settings.policy;
    if (comparison.population())
        info.population = comparison.population()->provenance();
    for (const auto& model : pipeline.models())
        info.models.emplace_back(model.name, model.sha256);
    if (camera.simulated())
        info.simulated.emplace_back("camera");
    if (!comparison.population()) {
        info.warnings.emplace_back(
            "no population file: comparison scores are not normalised, the threshold is "
            "that of the group with the highest false match rate");
        log(LogLevel::warning, "match: " + info.warnings.back());
    }
    if (settings.policy.evidence.extrapolated) {
        info.warnings.emplace_back("the false match rate of policy " +
                                   std::string(word(settings.policy.name)) +
                                   " is extrapolated, not measured");
        log(LogLevel::warning, "match: " + info.warnings.back());
    }
    if (!secret_arena()->figures().locked)
        info.warnings.emplace_back(
            "memory for faces and numbers is not locked (LimitMEMLOCK): it may be swapped out");
    if (trusted_keys == 0)
        info.warnings.emplace_back("the trust store is empty: no card can be proven genuine");
    const bool pin = std::ranges::find(info.methods, Method::pin) != info.methods.end();
    if (pin && authorities == 0) {
        info.warnings.emplace_back(
            "the trust store holds no authority of sign-in certificates: no PIN will be tried");
    }
    settings.comparison = std::move(comparison);
    return settings;
}

face::Gate gate_of(const config::Face& config) {
    face::Gate gate;
    gate.min_inter_eye_distance = static_cast<float>(config.min_inter_eye_distance);
    const auto turn = static_cast<float>(config.max_turn);
    gate.max_pitch += turn - gate.max_yaw;
    gate.max_yaw = gate.max_roll = turn;
    return gate;
}

// Scores are normalised where the configuration names a population file.
Result<match::Comparison> comparison_of(const std::filesystem::path& population,
                                        const face::Pipeline& pipeline) {
    if (population.empty())
        return match::Comparison{};
    const auto embedder = std::ranges::find(pipeline.models(), "embedder", &face::ModelInfo::name);
    if (embedder == pipeline.models().end())
        return fail(Reason::model_missing, "no embedder in the manifest");
    auto loaded = match::Population::load(population, embedder->sha256);
    if (!loaded)
        return std::unexpected(std::move(loaded.error()));
    return match::Comparison(std::move(*loaded));
}

// Everything from a valid configuration to a running loop.
Result<void> serve(const config::Config& config) {
    if (const auto opened = open_secret_arena(arena_bytes(config.camera)); !opened)
        return opened;
    if (!secret_arena()->figures().locked)
        log(LogLevel::warning,
            "memory: the arena for faces and numbers could not be locked (LimitMEMLOCK too low); it "
            "works all the same, but may be swapped out");
    auto pipeline = face::Pipeline::load(config.face.models, config.face.arithmetic);
    if (!pipeline)
        return std::unexpected(pipeline.error());
    auto comparison = comparison_of(config.match.population, **pipeline);
    if (!comparison)
        return std::unexpected(comparison.error());
    auto decoder = photo::Decoder::start(config.photo.worker, config.photo.budget);
    if (!decoder)
        return std::unexpected(decoder.error());
    auto camera = open_camera_driver(config.camera);
    if (!camera)
        return std::unexpected(camera.error());
    auto trust = card::mynumber::TrustStore::load(config.card.trust_store);
    if (!trust)
        return std::unexpected(trust.error());
    auto sign_in_trust = card::mynumber::SignInTrust::load(config.card.trust_store);
    if (!sign_in_trust)
        return std::unexpected(sign_in_trust.error());
    auto ledger = card::mynumber::IdempotencyLedger::open(
        config.card.idempotency_ledger.empty() ? config.audit.file.parent_path() / "idempotency_keys"
                                               : config.card.idempotency_ledger);
    if (!ledger)
        return std::unexpected(ledger.error());
    auto key = result::SigningKey::load_or_create(config.result.key);
    if (!key)
        return std::unexpected(key.error());
    auto audit = audit::Log::open(config.audit.file);
    if (!audit)
        return std::unexpected(audit.error());

    boost::asio::io_context loop(1);
    auto settings = desk_settings(config, **pipeline, std::move(*comparison), **camera, *key, trust->size(),
                                  sign_in_trust->size());
    session::VerificationDesk desk(loop, std::move(settings), std::move(*key), std::move(*audit));
    desk.attach(
        std::make_unique<session::CardWork>(
            card::pcsc::make_reader(
                card::pcsc::Settings{config.card.reader, static_cast<std::size_t>(config.card.read_block)}),
            session::CardWork::Settings{{config.card.min_tries, config.card.min_pin_tries},
                                        std::move(*trust),
                                        std::move(*sign_in_trust),
                                        today,
                                        now,
                                        std::move(*ledger)},
            [&desk](std::uint64_t visit, session::CardEvent event) {
                desk.on_card(visit, std::move(event));
            }),
        std::make_unique<session::FaceWork>(
            session::FaceWork::Parts{std::move(*camera),
                                     std::move(*pipeline),
                                     std::move(*decoder),
                                     {gate_of(config.face), config.face.frames, required_kinds(config)}},
            [&desk](std::uint64_t visit, session::FaceEvent event) {
                desk.on_face(visit, std::move(event));
            }));

    socket::Server server(loop, desk,
                          {.path = config.socket.path,
                           .group = config.socket.group,
                           .verify_users = config.socket.verify_users});
    if (auto started = server.start(); !started) {
        desk.stop();
        return started;
    }
    boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
    boost::asio::steady_timer farewell(loop);
    signals.async_wait([&](const boost::system::error_code& error, int) {
        if (error)
            return;
        desk.stop();
        server.stop(); // callers are told, and have half a second to read it
        farewell.expires_after(std::chrono::milliseconds(500));
        farewell.async_wait([&](const boost::system::error_code&) { loop.stop(); });
    });
    health::Service service(loop);
    service.ready("waiting for a caller on " + config.socket.path.string());
    log(LogLevel::info, "ready on " + config.socket.path.string());
    loop.run();
    const auto memory = secret_arena()->figures();
    log(LogLevel::info, "memory: at most " + std::to_string(memory.highest >> 20) + " of " +
                            std::to_string(memory.size >> 20) + " MiB for faces and numbers were taken, " +
                            std::to_string(memory.turned_away) + " requests did not fit");
    return {};
}

int run(int argc, char** argv) {
    CLI::App app{"kaomond - face-authentication card reader daemon for My Number Cards"};
    std::filesystem::path file = "/etc/kaomon/kaomond.toml";
    bool check = false, print_defaults = false, verbose = false;
    app.add_option("--config", file, "configuration file; a missing one means the defaults")
        ->capture_default_str();
    app.add_flag("--check-config", check, "read the configuration, say whether it is valid, exit");
    app.add_flag("--print-default-config", print_defaults,
                 "print every key with its default and meaning, exit");
    app.add_flag("--verbose", verbose, "log every step");
    app.set_version_flag("--version", std::string("kaomond ") + KAOMON_VERSION);
    app.footer("Exit codes: 0 stopped by a signal, 1 cannot start, 78 wrong configuration.\n"
               "See kaomond(8), kaomond.toml(5).");
    CLI11_PARSE(app, argc, argv);

    if (print_defaults) {
        std::cout << config::defaults_as_toml();
        return exit_ok;
    }
    const auto failed = [](const Failure& why, int code) {
        log(LogLevel::error, std::string(word(why.reason)) + ": " + why.detail);
        return code;
    };
    const auto config = config::load(file);
    if (!config)
        return failed(config.error(), exit_bad_configuration);
    if (check) {
        std::cout << file.string() << ": valid\n";
        return exit_ok;
    }
    if (verbose)
        set_log_level(LogLevel::debug);
    health::protect_process();
    if (const auto served = serve(*config); !served)
        return failed(served.error(), exit_cannot_start);
    return exit_ok;
}

} // namespace
} // namespace kaomon

int main(int argc, char** argv) {
    try {
        return kaomon::run(argc, argv);
    } catch (const std::exception& fault) {
        kaomon::log(kaomon::LogLevel::error, std::string("internal_error: ") + fault.what());
        return 1;
    }
}
