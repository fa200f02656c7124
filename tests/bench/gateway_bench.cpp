// What the gateway adds to a call: a page's over its WebSocket against the same one over the socket itself.
#include "tests/daemon/gateway/running_gateway.hpp"

#include <benchmark/benchmark.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace kaomon::gateway::testing {
namespace {

constexpr std::string_view call = R"({"method":"org.kaomon.Device.GetInfo"})";

// On a connection that has said for whom it speaks, as the gateway's own.
void over_the_socket(benchmark::State& state) {
    const RunningGateway gateway(echo);
    const UniqueFd own(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    gateway.settings.socket.native().copy(address.sun_path, sizeof address.sun_path - 1);
    if (connect(own.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return state.SkipWithError("no connection");
    const auto ask = [&](std::string message) {
        message.push_back('\0');
        (void)::send(own.get(), message.data(), message.size(), MSG_NOSIGNAL);
        char byte = 1;
        while (recv(own.get(), &byte, 1, 0) == 1 && byte != '\0') {
        }
        return byte == '\0';
    };
    (void)ask(R"({"method":"org.kaomon.Device.SpeakFor","parameters":{"peer":"staff"}})");
    for (auto _ : state) {
        if (!ask(std::string(call)))
            state.SkipWithError("no reply");
    }
}

void through_the_gateway(benchmark::State& state) {
    const RunningGateway gateway(echo);
    auto page = gateway.page("staff");
    for (auto _ : state) {
        if (page.say(call).empty())
            state.SkipWithError("no reply");
    }
}

BENCHMARK(over_the_socket)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK(through_the_gateway)->Unit(benchmark::kMicrosecond)->UseRealTime();

} // namespace
} // namespace kaomon::gateway::testing
