// What the cage costs, and what signing a result costs. Run: build/bench/bin/photo_bench
#include "daemon/photo/decoder.hpp"
#include "daemon/photo/jp2_header.hpp"
#include "daemon/photo/openjpeg.hpp"
#include "daemon/result/jws.hpp"
#include "tests/daemon/photo/sample_jp2.hpp"
#include "tests/daemon/result/samples.hpp"

#include <benchmark/benchmark.h>

#include <thread>

namespace {

using namespace kaomon;

// 240 x 300 grey at 7 kB: what a card's photograph is taken to be (design notes; no production card was
// measured).
const Bytes& card_photo() {
    static const Bytes jp2 = photo::testing::encode({});
    return jp2;
}

const Bytes& largest_photo() {
    static const Bytes jp2 =
        photo::testing::encode({.width = 1024, .height = 1024, .channels = 3, .ratio = 60});
    return jp2;
}

void header_check(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(photo::read_jp2_header(card_photo()));
    state.counters["bytes"] = static_cast<double>(card_photo().size());
}
BENCHMARK(header_check);

void decode_in_process(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(photo::unpack(card_photo()));
}
BENCHMARK(decode_in_process)->Unit(benchmark::kMillisecond)->UseRealTime();

void decode_in_the_cage(benchmark::State& state, const Bytes& jp2, Milliseconds between) {
    const auto decoder = photo::Decoder::start(KAOMON_PHOTO, Milliseconds{2000}).value();
    for (auto _ : state) {
        if (!decoder->decode(jp2))
            state.SkipWithError("not decoded");
        state.PauseTiming();
        if (between > Milliseconds{0})
            decoder->renew();
        std::this_thread::sleep_for(between);
        state.ResumeTiming();
    }
}
// As at the desk: the next worker is ready long before the next patient.
BENCHMARK_CAPTURE(decode_in_the_cage, one_patient_at_a_time, card_photo(), Milliseconds{20})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
// Back to back: each has to wait for its worker to start.
BENCHMARK_CAPTURE(decode_in_the_cage, back_to_back, card_photo(), Milliseconds{0})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(decode_in_the_cage, largest, largest_photo(), Milliseconds{20})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

struct Signer {
    result::testing::Folder folder;
    result::SigningKey key = result::SigningKey::load_or_create(folder / "key.pem").value();
};

void sign_result(benchmark::State& state) {
    const Signer signer;
    const result::Claims claims = result::testing::sample_claims();
    for (auto _ : state)
        benchmark::DoNotOptimize(signer.key.sign(claims));
    state.counters["bytes"] = static_cast<double>(signer.key.sign(claims).size());
}
BENCHMARK(sign_result)->Unit(benchmark::kMicrosecond);

void check_result(benchmark::State& state) {
    const Signer signer;
    const result::Claims claims = result::testing::sample_claims();
    const std::string jws = signer.key.sign(claims), keys = signer.key.jwk_set();
    for (auto _ : state)
        if (!result::check(jws, keys, {claims.nonce, claims.iat}))
            state.SkipWithError("does not verify");
}
BENCHMARK(check_result)->Unit(benchmark::kMicrosecond);

} // namespace
