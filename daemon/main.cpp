// kaomond: options, and the life of the daemon from a valid configuration to the signal that ends it.
#include "daemon/health/ending.hpp"
#include "daemon/health/self_check.hpp"
#include "daemon/health/service.hpp"
#include "daemon/session/admission.hpp"
#include "daemon/session/card_thread.hpp"
#include "daemon/session/face_thread.hpp"
#include "daemon/socket/server.hpp"
#include "daemon/wiring/camera.hpp"
#include "daemon/wiring/check.hpp"
#include "daemon/wiring/desk.hpp"
#include "daemon/wiring/face.hpp"
#include "daemon/wiring/file_modes.hpp"
#include "daemon/wiring/reader.hpp"
#include "daemon/wiring/records.hpp"
#include "drivers/base/arena.hpp"
#include "drivers/base/log.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>
#include <iostream>

namespace kaomon {
namespace {

// A thread that takes longer is stuck: all of a visit's reading with a slow reader takes five seconds, a
// frame with its photograph and first look under two.
constexpr Milliseconds longest_card_step{15'000}, longest_face_step{10'000};

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

// Could the daemon begin with that?
Result<void> check(const Result<config::Config>& config, const std::filesystem::path& file) {
    if (!config)
        return std::unexpected(config.error());
    return wiring::check(*config, file);
}

// In a turn of the loop after that in which a session ended: its caller has heard the result by then.
void when_idle(boost::asio::io_context& loop, session::Desk& desk, const std::function<void()>& then) {
    const auto look = [&desk, then] {
        if (desk.status().state == session::State::idle)
            then();
    };
    desk.watch([&loop, look](const session::DeviceStatus&) { boost::asio::post(loop, look); });
    look();
}

// Everything from a valid configuration to a running loop. `may_begin_again`: could it, with what is
// configured by then? True: it is to.
Result<bool> serve(const config::Config& config, std::function<Result<void>()> may_begin_again) {
    if (const auto opened = open_secret_arena(arena_bytes(config.camera)); !opened)
        return std::unexpected(opened.error());
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
    auto card_side = std::make_unique<session::CardThread>(
        wiring::make_reader(config.card), std::move(*card),
        [&desk](std::uint64_t visit, visit::CardEvent event) { desk.on_card(visit, std::move(event)); });
    auto face_side = std::make_unique<session::FaceThread>(
        session::FaceThread::Devices{std::move(*camera), std::move(*pipeline), std::move(*decoder)},
        wiring::capture_demands(config),
        [&desk](std::uint64_t visit, visit::FaceEvent event) { desk.on_face(visit, std::move(event)); });
    std::vector<health::Heart> hearts{{card_side->pulse(), longest_card_step, Reason::reader_stuck},
                                      {face_side->pulse(), longest_face_step, Reason::camera_error}};
    desk.attach(std::move(card_side), std::move(face_side));

    const health::SelfCheck self_check(
        std::move(checks), std::chrono::minutes(1),
        [&desk](std::vector<Reason> troubles) { desk.on_health(std::move(troubles)); });
    socket::Server server(loop, desk,
                          {.path = config.socket.path,
                           .group = config.socket.group,
                           .permissions = wiring::permissions_of(config.socket)});
    if (auto started = server.start(); !started) {
        desk.stop();
        return std::unexpected(started.error());
    }
    const health::Ending ending(
        loop, {.check = std::move(may_begin_again),
               .at_idle = [&loop, &desk](const std::function<void()>& then) { when_idle(loop, desk, then); },
               .close =
                   [&desk, &server] {
                       desk.stop();
                       server.stop();
                   }});
    health::Service service(loop);
    service.ready("waiting for a caller on " + config.socket.path.string(), std::move(hearts),
                  [&desk](std::vector<Reason> threads) { desk.on_stuck(std::move(threads)); });
    log(LogLevel::info, "ready on " + config.socket.path.string());
    loop.run();
    if (!ending.begins_again())
        service.stopping();
    const auto memory = secret_arena()->figures();
    log(LogLevel::info, "memory: at most " + std::to_string(memory.highest >> 20) + " of " +
                            std::to_string(memory.size >> 20) + " MiB for faces and numbers were taken, " +
                            std::to_string(memory.turned_away) + " requests did not fit");
    return ending.begins_again();
}

int run(int argc, char** argv) {
    CLI::App app{"kaomond - face-authentication card reader daemon for My Number Cards"};
    std::filesystem::path file = config::installed_file;
    bool check_only = false, print_defaults = false, verbose = false;
    const auto* named =
        app.add_option("--config", file,
                       "configuration file; without this option a missing one means the defaults")
            ->capture_default_str();
    app.add_flag("--check-config", check_only,
                 "read the configuration and what it names, say whether it is valid, exit");
    app.add_flag("--print-default-config", print_defaults,
                 "print every key with its default and meaning, exit");
    app.add_flag("--verbose", verbose, "log every step");
    app.set_version_flag("--version", std::string("kaomond ") + KAOMON_VERSION);
    app.footer("SIGHUP: reads everything anew as soon as no session runs.\n"
               "Exit codes: 0 stopped by a signal, 1 cannot start, 78 wrong configuration.\n"
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
    const auto configured = [&] { return named->empty() ? config::load_installed() : config::load(file); };
    const auto config = configured();
    if (!config)
        return failed(config.error(), exit_bad_configuration);
    if (check_only) {
        if (const auto good = check(config, file); !good)
            return failed(good.error(), exit_bad_configuration);
        std::error_code error;
        std::cout << file.string()
                  << (std::filesystem::exists(file, error) ? ": valid\n"
                                                           : ": not there, the defaults count\n");
        return exit_ok;
    }
    if (verbose)
        set_log_level(LogLevel::debug);
    health::protect_process();
    health::hold_reloads();
    if (const auto modes = wiring::check_file_modes(*config, file); !modes)
        return failed(modes.error(), exit_bad_configuration);
    const auto again = serve(*config, [&] { return check(configured(), file); });
    if (!again)
        return failed(again.error(), exit_cannot_start);
    if (!*again)
        return exit_ok;
    // The same process with nothing left of its memory: whatever was configured meanwhile.
    execv("/proc/self/exe", argv);
    return failed({Reason::internal_error, std::string("begin again: ") + std::strerror(errno)},
                  exit_cannot_start);
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
