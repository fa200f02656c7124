// kaomond: options, and the life of the daemon from a valid configuration to the signal that ends it.
#include "daemon/health/self_check.hpp"
#include "daemon/health/service.hpp"
#include "daemon/session/admission.hpp"
#include "daemon/session/card_thread.hpp"
#include "daemon/session/face_thread.hpp"
#include "daemon/socket/server.hpp"
#include "daemon/wiring/camera.hpp"
#include "daemon/wiring/desk.hpp"
#include "daemon/wiring/face.hpp"
#include "daemon/wiring/reader.hpp"
#include "daemon/wiring/records.hpp"
#include "drivers/base/arena.hpp"
#include "drivers/base/log.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <csignal>
#include <iostream>

namespace kaomon {
namespace {

constexpr int exit_ok = 0, exit_cannot_start = 1, exit_bad_configuration = 78; // EX_CONFIG of sysexits.h

// Bytes for one visit: 16 MiB for what does not grow with the picture (the nets' activations and inputs,
// crops, the photograph of at most 64 KiB and its pixels of at most 3 MiB, calls, templates), and 24 bytes
// for each pixel of a frame: its JPEG (at most 3), its RGB (3), the same with a border for faces that fill
// the picture (1.6 x 1.6 x 3), and twice that, for blocks are powers of two. 640 x 480: 32 MiB; how
// much of it was ever taken stands in the log when the daemon ends.
std::size_t arena_bytes(const config::Camera& camera) {
    return (std::size_t{16} << 20) +
           24 * static_cast<std::size_t>(camera.width) * static_cast<std::size_t>(camera.height);
}

// Everything from a valid configuration to a running loop.
Result<void> serve(const config::Config& config) {
    if (const auto opened = open_secret_arena(arena_bytes(config.camera)); !opened)
        return opened;
    auto pipeline = wiring::load_pipeline(config.face);
    if (!pipeline)
        return std::unexpected(pipeline.error());
    auto rule = wiring::decision_rule(config, **pipeline);
    if (!rule)
        return std::unexpected(rule.error());
    auto decoder = wiring::start_decoder(config.photo);
    if (!decoder)
        return std::unexpected(decoder.error());
    auto camera = wiring::make_camera(config.camera, wiring::camera_record(config));
    if (!camera)
        return std::unexpected(camera.error());
    auto card = wiring::card_policy(config);
    if (!card)
        return std::unexpected(card.error());
    auto records = wiring::open_records(config);
    if (!records)
        return std::unexpected(records.error());

    health::Checks checks{.records = {{config.audit.file, Reason::audit_unwritable},
                                      {wiring::ledger_of(config), Reason::idempotency_ledger_unwritable}},
                          .now = card->now,
                          .earliest_now = session::earliest_now,
                          .trusts_signers = card->trust.size() != 0,
                          .camera = [settings = config.camera] { return wiring::camera_missing(settings); }};
    boost::asio::io_context loop(1);
    auto settings =
        wiring::desk_settings(config, std::move(*rule), **pipeline, **camera, *card, records->key);
    settings.suspicions = wiring::kept_suspicions(config, *card);
    session::VerificationDesk desk(loop, std::move(settings), std::move(records->key),
                                   std::move(records->audit));
    desk.attach(
        std::make_unique<session::CardThread>(
            wiring::make_reader(config.card), std::move(*card),
            [&desk](std::uint64_t visit, visit::CardEvent event) { desk.on_card(visit, std::move(event)); }),
        std::make_unique<session::FaceThread>(
            session::FaceThread::Devices{std::move(*camera), std::move(*pipeline), std::move(*decoder)},
            wiring::capture_demands(config),
            [&desk](std::uint64_t visit, visit::FaceEvent event) { desk.on_face(visit, std::move(event)); }));

    const health::SelfCheck self_check(
        std::move(checks), std::chrono::minutes(1),
        [&desk](std::vector<Reason> troubles) { desk.on_health(std::move(troubles)); });
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
    std::filesystem::path file = config::installed_file;
    bool check = false, print_defaults = false, verbose = false;
    const auto* named =
        app.add_option("--config", file,
                       "configuration file; without this option a missing one means the defaults")
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
    const auto config = named->empty() ? config::load_installed() : config::load(file);
    if (!config)
        return failed(config.error(), exit_bad_configuration);
    if (check) {
        std::error_code error;
        std::cout << file.string()
                  << (std::filesystem::exists(file, error) ? ": valid\n"
                                                           : ": not there, the defaults count\n");
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
