// Very many visits at one desk on real parts, with faults among them (tests/soak): verdicts, tries, memory,
// and how long the stages of a whole visit take. KAOMON_VISITS says how many, KAOMON_SEED which.
#include "tests/component/honest_caller.hpp"
#include "tests/component/resident_memory.hpp"
#include "tests/component/soak_visit.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>

namespace kaomon::test {
namespace {

constexpr long most_growth = 1024;   // kB, from the tenth percent on
constexpr std::size_t enough = 1000; // visits, for a word about memory
#if defined(__SANITIZE_ADDRESS__)
constexpr bool shipped = false; // a sanitizer keeps what is freed
#else
constexpr bool shipped = true;
#endif

std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// By stage of whole visits by face, and of all kinds whole; seconds.
class Times {
  public:
    void add(const SoakVisit& done) {
        if (done.visit.decision.empty())
            return; // nobody waited for its end
        const auto& [states, entered] = std::pair{done.visit.states, done.visit.entered};
        of_[std::string(name_of(done.kind)) + ", whole"].push_back(done.visit.seconds);
        for (std::size_t i = 0; done.kind == SoakKind::face && i + 1 < states.size(); ++i)
            of_["face, " + states[i]].push_back(entered[i + 1] - entered[i]);
    }
    void print() const {
        std::printf("%-36s %7s %8s %8s %8s\n", "seconds", "visits", "p50", "p95", "p99");
        for (const auto& [what, seconds] : of_)
            std::printf("%-36s %7zu %8.3f %8.3f %8.3f\n", what.c_str(), seconds.size(),
                        percentile(seconds, 50), percentile(seconds, 95), percentile(seconds, 99));
    }

  private:
    std::map<std::string, std::vector<double>> of_;
};

// Of the daemon and all its threads, since its start.
double processor_seconds(pid_t pid) {
    clockid_t clock = 0;
    timespec used{};
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &used) != 0)
        return 0;
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

// Medians, so that a visit that is just being cleared away does not count.
long growth(const std::vector<long>& kb) {
    const std::size_t tenth = kb.size() / 10;
    const auto middle_of = [&](std::size_t from) {
        return percentile({kb.begin() + static_cast<std::ptrdiff_t>(from),
                           kb.begin() + static_cast<std::ptrdiff_t>(from + tenth)},
                          50);
    };
    return tenth == 0 ? 0 : static_cast<long>(middle_of(kb.size() - tenth) - middle_of(tenth));
}

TEST(Soak, NothingWearsOut) {
    const std::size_t visits = number_of("KAOMON_VISITS", 40);
    std::mt19937_64 random(number_of("KAOMON_SEED", 16));
    SoakDesk at;
    Times times;
    std::vector<long> memory; // kB, after each visit
    std::size_t wrong = 0, faulty = 0;
    int lost = 0;
    const double begun = monotonic_seconds(), used_before = processor_seconds(at.desk.daemon().pid());
    for (std::size_t i = 1; i <= visits; ++i) {
        const auto done = soak_visit(at, random);
        ASSERT_TRUE(at.desk.daemon().running()) << at.desk.daemon().log();
        times.add(done);
        faulty += done.kind > SoakKind::visual_check ? 1 : 0;
        if (done.wrong && ++wrong <= 20)
            std::printf("visit %zu, %s: %s, %s\n", i, std::string(name_of(done.kind)).c_str(),
                        done.visit.decision.c_str(), done.visit.reason.c_str());
        memory.push_back(resident_kb(at.desk.daemon().pid()));
        if (i % 100 == 0 || i == visits) {
            lost = std::max(lost, 10 - at.desk.tries(at.card) + 3 - at.desk.tries(at.card, "sign_in_pin"));
            std::printf("%zu visits, %.0f s: %zu wrong verdicts, %d tries lost, %ld kB\n", i,
                        monotonic_seconds() - begun, wrong, lost, memory.back());
            std::fflush(stdout);
        }
    }
    times.print();
    const double used = processor_seconds(at.desk.daemon().pid()) - used_before;
    std::printf("%zu visits, %zu of them with a fault: %zu wrong verdicts, %d tries lost, memory %+ld kB "
                "from the tenth "
                "percent on (%ld kB), %.2f s of processor a visit%s\n",
                visits, faulty, wrong, lost, growth(memory), memory.back(),
                used / static_cast<double>(visits), shipped ? "" : ", of a sanitized daemon");
    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(lost, 0);
    if (shipped && visits >= enough) {
        EXPECT_LT(growth(memory), most_growth);
    }
}

} // namespace
} // namespace kaomon::test
