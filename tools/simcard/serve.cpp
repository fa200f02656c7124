#include "drivers/card/simulated/store.hpp"
#include "drivers/card/simulated/vpcd_peer.hpp"
#include "tools/simcard/commands.hpp"

#include <arpa/inet.h>
#include <sys/signalfd.h>

#include <csignal>
#include <iostream>
#include <optional>

namespace kaomon::tools::simcard {
namespace {

namespace card = kaomon::card::simulated;

// Readable once the program is asked to end.
UniqueFd end_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    return UniqueFd(signalfd(-1, &signals, SFD_CLOEXEC));
}

} // namespace

int serve(const ServeOptions& options) {
    in_addr address{};
    if (inet_pton(AF_INET, options.host.c_str(), &address) != 1)
        return complain("--host takes an IPv4 address");
    const UniqueFd stop = end_signals();
    auto stored = card::StoredCard::open(options.card);
    if (!stored)
        return complain(stored.error().detail);
    std::optional<fault::FaultLine> faults;
    if (!options.fault.empty()) {
        auto opened = fault::FaultLine::open(options.fault);
        if (!opened)
            return complain(opened.error().detail);
        faults.emplace(std::move(*opened));
    }
    const auto report = [](std::string_view line) { std::cerr << line << "\n"; };
    card::VpcdPeer::Options peer{
        options.host, options.port, !options.absent, std::chrono::microseconds(options.delay), report, {}};
    if (options.verbose)
        peer.report_apdu = report;
    report("waiting for vpcd at " + options.host + ":" + std::to_string(options.port));
    card::VpcdPeer(stored->card(), peer, faults ? &*faults : nullptr).run(stop.get());
    return 0;
}

} // namespace kaomon::tools::simcard
