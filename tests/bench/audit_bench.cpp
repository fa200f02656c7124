// The audit record of a year and more, 400,000 lines: what a start takes for it, what reading all of it
// takes, and what a verification adds.
#include "daemon/audit/examination.hpp"
#include "daemon/audit/log.hpp"
#include "daemon/result/jws.hpp"
#include "tests/bench/must.hpp"
#include "tests/daemon/result/samples.hpp"

#include <benchmark/benchmark.h>

namespace kaomon::audit {
namespace {

using bench::must;

Record a_record() {
    return {1'795'000'000, std::string(32, 'a'), "1000", "verified", "face", "match", "valid", "valid",
            "normal",      std::string(64, 'e'), ""};
}

struct Long {
    explicit Long(std::int64_t lines) {
        Chain chain;
        std::ofstream out(file, std::ios::binary);
        const std::string members = R"("time":1795000000,"clock":"synchronised")" + members_of(a_record());
        for (std::int64_t i = 0; i < lines; ++i) {
            const std::string line = chain.next_line(members);
            out << line;
            chain.go_on_behind(*take_apart({line.data(), line.size() - 1}));
        }
    }
    result::testing::Folder folder;
    std::filesystem::path file = folder / "audit.jsonl";
    result::SigningKey key = result::SigningKey::load_or_create(folder / "key.pem").value();
    Seal seal{
        .sign = [this](std::string_view json) { return key.sign(head_type, json); },
        .check = [this](std::string_view jws) { return result::open_jws(jws, key.all_keys(), head_type); }};
};

void open_record(benchmark::State& state) {
    const Long record(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(must(Log::open({.file = record.file})));
}
BENCHMARK(open_record)->Arg(10)->Arg(400'000)->Unit(benchmark::kMicrosecond)->UseRealTime();

void examine_record(benchmark::State& state) {
    const Long record(state.range(0));
    for (auto _ : state)
        if (must(examine(record.file, {})).found != 0)
            state.SkipWithError("it does not fit together");
}
BENCHMARK(examine_record)->Arg(400'000)->Unit(benchmark::kMillisecond)->UseRealTime();

void append_record(benchmark::State& state) {
    const Long record(0);
    Log log = must(Log::open({.file = record.file, .seal = record.seal}));
    for (auto _ : state) {
        must(log.ready());
        must(log.append(a_record()));
    }
}
BENCHMARK(append_record)->Unit(benchmark::kMicrosecond)->UseRealTime();

// Behind the verdict: nobody waits for it.
void sign_head_beside(benchmark::State& state) {
    const Long record(0);
    Log log = must(Log::open({.file = record.file, .seal = record.seal}));
    for (auto _ : state) {
        state.PauseTiming();
        must(log.append(a_record()));
        state.ResumeTiming();
        must(log.sign_head());
    }
}
BENCHMARK(sign_head_beside)->Unit(benchmark::kMicrosecond)->UseRealTime();

} // namespace
} // namespace kaomon::audit
