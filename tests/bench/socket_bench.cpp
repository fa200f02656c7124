// A call over the socket and back: what the door adds to every question.
#include "tests/daemon/socket/raw_client.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <benchmark/benchmark.h>

namespace {

void socket_round_trip(benchmark::State& state, const char* message) {
    kaomon::testing::ServedDesk desk;
    kaomon::testing::RawClient client(desk.path());
    for (auto _ : state) {
        const auto reply = client.call(message);
        if (!reply.starts_with(R"({"parameters")"))
            state.SkipWithError("no reply");
    }
}

void socket_verify(
    benchmark::State& state) { // call, five replies, a session that a scripted desk walks through
    kaomon::testing::ServedDesk desk;
    kaomon::testing::RawClient client(desk.path());
    for (auto _ : state) {
        client.send(R"({"method":"org.kaomon.Verification.Verify","more":true,"parameters":)"
                    R"({"nonce":"q3mZ0b1c6Jk2n7Rt","access_number":{"number":"12345678901234"}}})");
        for (int i = 0; i < 5; ++i) {
            if (!client.receive())
                state.SkipWithError("no reply");
        }
    }
}

BENCHMARK_CAPTURE(socket_round_trip, get_info, R"({"method":"org.kaomon.Device.GetInfo"})")
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK(socket_verify)->Unit(benchmark::kMicrosecond)->UseRealTime();

} // namespace
