#include "daemon/metrics/counted.hpp"

#include <gtest/gtest.h>

namespace kaomon::metrics {
namespace {

std::string text_of(const auto& counted) {
    Page page(Labels{});
    counted.write(page);
    return page.text();
}

TEST(Counter, CountsBySeries) {
    Counter counter("ends_total", "Ends.", {"decision", "reason"});
    counter.add({"verified", "match"});
    counter.add({"undecided", "timeout"});
    counter.add({"verified", "match"});
    EXPECT_EQ(text_of(counter), "# HELP ends_total Ends.\n# TYPE ends_total counter\n"
                                "ends_total{decision=\"undecided\",reason=\"timeout\"} 1\n"
                                "ends_total{decision=\"verified\",reason=\"match\"} 2\n");
}

TEST(Durations, BucketsAreCumulative) {
    Durations durations("stage_seconds", "Stages.", "state");
    durations.add("reading", Milliseconds{100}); // a bound belongs to its bucket
    durations.add("reading", Milliseconds{101});
    durations.add("reading", Milliseconds{500'000}); // beyond the last bound
    const auto text = text_of(durations);
    for (const char* line :
         {"stage_seconds_bucket{state=\"reading\",le=\"0.1\"} 1\n",
          "stage_seconds_bucket{state=\"reading\",le=\"0.25\"} 2\n",
          "stage_seconds_bucket{state=\"reading\",le=\"120\"} 2\n",
          "stage_seconds_bucket{state=\"reading\",le=\"+Inf\"} 3\n",
          "stage_seconds_sum{state=\"reading\"} 500.201\n", "stage_seconds_count{state=\"reading\"} 3\n"})
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
}

} // namespace
} // namespace kaomon::metrics
