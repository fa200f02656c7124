#include "daemon/metrics/page.hpp"
#include "daemon/metrics/process.hpp"

#include <gtest/gtest.h>

namespace kaomon::metrics {
namespace {

TEST(Page, WritesFamiliesAndSeries) {
    Page page(Labels{{"issuer", "clinic"}});
    page.family("one_total", "counter", "What it counts.");
    page.series("one_total", {{"reason", "match"}}, 3);
    EXPECT_EQ(page.text(), "# HELP one_total What it counts.\n"
                           "# TYPE one_total counter\n"
                           "one_total{issuer=\"clinic\",reason=\"match\"} 3\n");
}

TEST(Page, WithoutLabelsThereAreNoBraces) {
    Page page(Labels{});
    page.gauge("up", "It is.", 0.25);
    EXPECT_TRUE(page.text().ends_with("\nup 0.25\n")) << page.text();
}

// What an operator calls the device is no line and no label of its own.
TEST(Page, EscapesWhatAnIssuerIsCalled) {
    Page page(Labels{{"issuer", "a\"} 1\nb\\"}});
    page.gauge("up", "It is.", 1);
    EXPECT_TRUE(page.text().ends_with("\nup{issuer=\"a\\\"} 1\\nb\\\\\"} 1\n")) << page.text();
}

TEST(Page, LargeNumbersAreWhole) {
    EXPECT_EQ(number(1'796'000'000), "1796000000");
    EXPECT_EQ(number(0.1), "0.1");
}

TEST(Process, IsMeasured) {
    Page page(Labels{});
    write_process(page);
    for (const char* name :
         {"process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds"})
        EXPECT_NE(page.text().find(std::string("\n") + name + " "), std::string::npos) << name;
}

} // namespace
} // namespace kaomon::metrics
