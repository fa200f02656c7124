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
#include "tests/bench/card_photograph.hpp"
#include "tests/bench/median.hpp"
#include "tests/bench/must.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <thread>
#include <utility>
#include <vector>

namespace kaomon {
namespace {

using bench::median;
using bench::must;

namespace fs = std::filesystem;
const fs::path source = KAOMON_SOURCE_DIR;

struct Desk {
    Desk() {
        char name[] = "/tmp/kaomon-bench-XXXXXX";
        folder = mkdtemp(name);
        pipeline = must(face::Pipeline::load(source / "models"));
        decoder = must(photo::Decoder::start(KAOMON_PHOTO));
        key.emplace(must(result::SigningKey::load_or_create(folder / "key.pem")));
        audit.emplace(must(audit::Log::open({.file = folder / "audit.jsonl"})));
        const Image live = bench::portrait("obama2.jpg");
        probe = must(pipeline->embed(live, must(pipeline->observe(live))));
    }
    ~Desk() { fs::remove_all(folder); }

    face::Template reference() {
        const Image picture = must(decoder->decode(photo));
        return must(pipeline->reference(picture)).view;
    }
    // As at the desk: the next worker is ready long before the next patient.
    void next_patient(benchmark::State& state) {
        state.PauseTiming();
        decoder->renew();
        std::this_thread::sleep_for(Milliseconds{20});
        state.ResumeTiming();
    }

    Result<void> memory = open_secret_arena(std::size_t{64} << 20); // as the daemon has it
    fs::path folder;
    std::unique_ptr<face::Pipeline> pipeline;
    std::unique_ptr<photo::Decoder> decoder;
    std::optional<result::SigningKey> key;
    std::optional<audit::Log> audit;
    SecretBytes photo = bench::card_photograph("obama.jpg");
    face::Template probe;
};

// A reference in three steps, medians: cage and points together are to stay under 4 ms. face_bench measures
// the whole in turn with one embedding.
void stages_of_a_photograph(benchmark::State& state) {
    Desk desk;
    std::vector<double> cage, points, embedding, before;
    for (auto _ : state) {
        Instant last = SteadyClock::now();
        const auto lap = [&last] { // milliseconds since the last one
            const Instant now = SteadyClock::now();
            return std::chrono::duration<double, std::milli>(now - std::exchange(last, now)).count();
        };
        const Image picture = must(desk.decoder->decode(desk.photo));
        cage.push_back(lap());
        const face::Observation face = must(desk.pipeline->observe(picture));
        points.push_back(lap());
        benchmark::DoNotOptimize(desk.pipeline->embed(picture, face));
        embedding.push_back(lap());
        before.push_back(cage.back() + points.back());
        desk.next_patient(state);
    }
    state.counters["cage_ms"] = median(cage);
    state.counters["points_ms"] = median(points);
    state.counters["embedding_ms"] = median(embedding);
    state.counters["before_embedding_ms"] = median(before);
}
BENCHMARK(stages_of_a_photograph)->Unit(benchmark::kMillisecond)->UseRealTime();

void last_card_byte_to_verdict(benchmark::State& state) {
    Desk desk;
    const match::Policy& policy = match::policy_of(PolicyName::normal);
    const std::array blinked{liveness::Evidence{liveness::Kind::blink, liveness::Outcome::pass, 1}};
    for (auto _ : state) {
        const auto verdict =
            match::decide({.genuineness = {},
                           .liveness = blinked,
                           .required_liveness = {},
                           .score = match::Comparison().compare(desk.probe, desk.reference()),
                           .policy = policy});
        if (verdict.decision != match::Decision::verified)
            state.SkipWithError("not verified");
        result::Claims claims;
        claims.nonce = "nonce-of-a-benchmark";
        claims.decision = verdict.decision;
        const auto jws = desk.key->sign(claims);
        audit::Record record;
        record.result_sha256 = audit::sha256_hex(jws);
        if (!desk.audit->append(record))
            state.SkipWithError("not recorded");
        desk.next_patient(state);
    }
}
BENCHMARK(last_card_byte_to_verdict)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace
} // namespace kaomon
