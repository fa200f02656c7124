// From the last byte of the card to the signed, recorded verdict: what the patient waits for once the card
// has been read. The simulated card is read in process beforehand, so that neither a reader nor a camera is
// in the figures.
#include "daemon/audit/chain.hpp"
#include "daemon/audit/log.hpp"
#include "daemon/face/pipeline.hpp"
#include "daemon/match/verdict.hpp"
#include "daemon/photo/decoder.hpp"
#include "daemon/result/jws.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/card/simulated/jp2.hpp"
#include "drivers/card/simulated/portrait.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace kaomon {
namespace {

namespace fs = std::filesystem;
const fs::path source = KAOMON_SOURCE_DIR;

template<class T>
T need(Result<T> result) {
    if (!result)
        throw std::runtime_error(std::string(word(result.error().reason)) + ": " + result.error().detail);
    return std::move(*result);
}

Image portrait(const char* name) {
    std::ifstream file(source / "models/demo" / name, std::ios::binary);
    const Bytes jpeg{std::istreambuf_iterator<char>(file), {}};
    return need(card::simulated::make_portrait(need(card::simulated::decode_jpeg(jpeg)), {}));
}

struct Desk {
    Desk() {
        char name[] = "/tmp/kaomon-bench-XXXXXX";
        folder = mkdtemp(name);
        pipeline = need(face::Pipeline::load(source / "models"));
        decoder = need(photo::Decoder::start(fs::path(KAOMON_BINARY_DIR) / "bin/kaomon-photo"));
        key.emplace(need(result::SigningKey::load_or_create(folder / "key.pem")));
        audit.emplace(need(audit::Log::open(folder / "audit.jsonl")));
        photo = need(card::simulated::encode_jp2(portrait("obama.jpg"), 7000));
        const Image live = portrait("obama2.jpg");
        probe = need(pipeline->embed(live, need(pipeline->observe(live))));
    }
    ~Desk() { fs::remove_all(folder); }

    face::Template reference() {
        const Image picture = need(decoder->decode(photo));
        return need(pipeline->reference(picture)).view;
    }

    Result<void> memory = open_secret_arena(std::size_t{64} << 20); // as the daemon has it
    fs::path folder;
    std::unique_ptr<face::Pipeline> pipeline;
    std::unique_ptr<photo::Decoder> decoder;
    std::optional<result::SigningKey> key;
    std::optional<audit::Log> audit;
    SecretBytes photo;
    face::Template probe;
};

void photograph_to_template(benchmark::State& state) {
    Desk desk;
    for (auto _ : state)
        benchmark::DoNotOptimize(desk.reference());
}
BENCHMARK(photograph_to_template)->Unit(benchmark::kMillisecond)->UseRealTime();

// The same in three steps, to see where the time goes: what is before the embedding is to stay under 4 ms.
void stages_of_a_photograph(benchmark::State& state) {
    Desk desk;
    double cage = 0, points = 0, embedding = 0;
    for (auto _ : state) {
        Instant last = SteadyClock::now();
        const auto lap = [&last] { // milliseconds since the last one
            const Instant now = SteadyClock::now();
            return std::chrono::duration<double, std::milli>(now - std::exchange(last, now)).count();
        };
        const Image picture = need(desk.decoder->decode(desk.photo));
        cage += lap();
        const face::Observation face = need(desk.pipeline->observe(picture));
        points += lap();
        benchmark::DoNotOptimize(desk.pipeline->embed(picture, face));
        embedding += lap();
    }
    const auto rounds = static_cast<double>(state.iterations());
    state.counters["cage_ms"] = cage / rounds;
    state.counters["points_ms"] = points / rounds;
    state.counters["embedding_ms"] = embedding / rounds;
}
BENCHMARK(stages_of_a_photograph)->Unit(benchmark::kMillisecond)->UseRealTime();

// One embedding and nothing else.
void embedding(benchmark::State& state) {
    Desk desk;
    const Image picture = need(desk.decoder->decode(desk.photo));
    const face::Observation face = need(desk.pipeline->observe(picture));
    for (auto _ : state)
        benchmark::DoNotOptimize(desk.pipeline->embed(picture, face));
}
BENCHMARK(embedding)->Unit(benchmark::kMillisecond)->UseRealTime();

void last_card_byte_to_verdict(benchmark::State& state) {
    Desk desk;
    const match::Policy& policy = *match::find_policy("normal");
    for (auto _ : state) {
        const auto verdict =
            match::decide({.genuineness = {},
                           .liveness = {},
                           .required_liveness = {},
                           .score = match::Comparison().compare(desk.probe, desk.reference()),
                           .policy = policy});
        if (verdict.decision != match::Decision::verified)
            state.SkipWithError("not verified");
        result::Claims claims;
        claims.nonce = "nonce-of-a-benchmark";
        claims.decision = match::word(verdict.decision);
        const auto jws = desk.key->sign(claims);
        audit::Record record;
        record.result_sha256 = audit::sha256_hex(jws);
        if (!desk.audit->append(record))
            state.SkipWithError("not recorded");
    }
}
BENCHMARK(last_card_byte_to_verdict)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace kaomon
