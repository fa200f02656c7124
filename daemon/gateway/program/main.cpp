// kaomon-gateway: options, and the gateway's life from a valid configuration to the signal that ends it.
#include "daemon/gateway/server.hpp"
#include "daemon/health/service.hpp"
#include "drivers/base/log.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <csignal>
#include <iostream>

namespace kaomon::gateway {
namespace {

constexpr int exit_ok = 0, exit_cannot_start = 1, exit_bad_configuration = 78; // EX_CONFIG of sysexits.h
constexpr std::chrono::seconds farewells{2};

int failed(const Failure& why, int code) {
    log(LogLevel::error, std::string(word(why.reason)) + ": " + why.detail);
    return code;
}

int serve(const Settings& settings) {
    boost::asio::io_context loop(1);
    Server server(loop, settings);
    if (const auto started = server.start(); !started)
        return failed(started.error(), started.error().reason == Reason::config_invalid
                                           ? exit_bad_configuration
                                           : exit_cannot_start);
    health::Service service(loop);
    boost::asio::steady_timer end(loop);
    boost::asio::signal_set signals(loop, SIGTERM, SIGINT);
    signals.async_wait([&](const boost::system::error_code& error, int) {
        if (error)
            return;
        service.stopping();
        server.stop();
        end.expires_after(farewells);
        end.async_wait([&](const boost::system::error_code&) { loop.stop(); });
    });
    const std::string where = "127.0.0.1:" + std::to_string(server.port()) +
                              (server.lan_port() == 0 ? std::string(", the LAN is closed")
                                                      : " and " + settings.lan_listen + " for the LAN");
    service.ready("listening on " + where, {}, [](const std::vector<Reason>&) {});
    log(LogLevel::info, "gateway: listening on " + where);
    loop.run();
    return exit_ok;
}

int run(int argc, char** argv) {
    CLI::App app{"kaomon-gateway - what pages and computers of the LAN reach kaomond through"};
    std::filesystem::path file = installed_settings;
    bool check_only = false, print_defaults = false;
    const auto* named =
        app.add_option("--config", file,
                       "configuration file; without this option a missing one means the defaults")
            ->capture_default_str();
    app.add_flag("--check-config", check_only, "read the configuration, say whether it is valid, exit");
    app.add_flag("--print-default-config", print_defaults,
                 "print every key with its default and meaning, exit");
    app.set_version_flag("--version", std::string("kaomon-gateway ") + KAOMON_VERSION);
    app.footer("Exit codes: 0 stopped by a signal, 1 cannot start, 78 wrong configuration.\n"
               "See kaomon-gateway(8).");
    CLI11_PARSE(app, argc, argv);

    if (print_defaults) {
        std::cout << default_settings();
        return exit_ok;
    }
    const auto settings = named->empty() ? load_installed_settings() : load_settings(file);
    if (!settings)
        return failed(settings.error(), exit_bad_configuration);
    if (check_only) {
        std::error_code error;
        std::cout << file.string()
                  << (std::filesystem::exists(file, error) ? ": valid\n"
                                                           : ": not there, the defaults count\n");
        return exit_ok;
    }
    health::protect_process();
    return serve(*settings);
}

} // namespace
} // namespace kaomon::gateway

int main(int argc, char** argv) {
    try {
        return kaomon::gateway::run(argc, argv);
    } catch (const std::exception& fault) {
        kaomon::log(kaomon::LogLevel::error, std::string("internal_error: ") + fault.what());
        return 1;
    }
}
