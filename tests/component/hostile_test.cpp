// Clients that mean ill, as other users of one desk on real parts, and an honest caller beside them: they are
// served as if the others were not there, the daemon does not grow, and no try of the card is spent by
// guessing.
#include "tests/component/abuse.hpp"
#include "tests/component/honest_caller.hpp"
#include "tests/component/other_user.hpp"
#include "tests/component/resident_memory.hpp"
#include "tests/component/visit_fixture.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <thread>

namespace kaomon::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr uid_t honest_user = 4001, hostile_user = 4100;
constexpr double most_delay = 100; // milliseconds, of an answer at the 95th percentile
constexpr int rounds = 5, asked_in_a_round = 40;
// kB. Of a sanitized daemon: with little quarantine (below), and what its allocator keeps.
constexpr long most_growth = 16 * 1024;
constexpr std::uintmax_t most_log = 128 * 1024, most_record = 16 * 1024; // bytes in one abuse

std::uintmax_t bytes_of(const fs::path& file) {
    return fs::is_regular_file(file) ? fs::file_size(file) : 0;
}

// Each abuse has users of its own: one who was slowed down before would do no harm here.
uid_t hostile_users_of(const Abuse& abuse) {
    const auto place =
        std::ranges::find(abuses(), std::string_view(abuse.name), &Abuse::name) - abuses().begin();
    return hostile_user + 10 * static_cast<uid_t>(place + 1);
}

class HostileTest : public testing::TestWithParam<Abuse> {
  protected:
    static void SetUpTestSuite() {
        if (geteuid() != 0)
            return;
        const char* options = getenv("ASAN_OPTIONS");
        setenv("ASAN_OPTIONS",
               (std::string(options == nullptr ? "" : options) +
                ":quarantine_size_mb=2:thread_local_quarantine_size_kb=64")
                   .c_str(),
               1);
        desk = new Desk;
        card = desk->issue("card");
        guessed = desk->issue("guessed");
        start();
        desk->put(card);
        (void)honest().visit(desk->number(card)); // all that is made once is there
    }
    static void TearDownTestSuite() {
        delete desk;
        desk = nullptr;
    }
    void SetUp() override {
        if (geteuid() != 0)
            GTEST_SKIP() << "other users need root";
    }
    void TearDown() override {
        if (desk == nullptr)
            return;
        EXPECT_TRUE(desk->daemon().running()) << desk->daemon().log();
        EXPECT_EQ(desk->tries(card), 10) << "a try was spent that nobody asked for";
    }

    static void start() {
        desk->restart_daemon(Desk::other_view_of_holder());
        fs::permissions(desk->folder(), fs::perms(0711)); // others may pass to the socket
        fs::permissions(desk->socket(), fs::perms(0666));
    }
    static HonestCaller honest() { return {honest_user, desk->socket()}; }
    // What an honest caller finds beside it.
    static void expect_no_harm(const Abuse& abuse) {
        const pid_t daemon = desk->daemon().pid();
        const long before = resident_kb(daemon);
        const auto log = bytes_of(desk->folder() / "kaomond.log");
        const auto record = bytes_of(desk->folder() / "audit.jsonl");
        std::vector<double> quiet, abused;
        HonestCaller::Served served;
        {
            std::vector<OtherUser> hostile;
            for (int i = 0; i < abuse.users; ++i)
                hostile.emplace_back(hostile_users_of(abuse) + static_cast<uid_t>(i),
                                     [&abuse](int) { abuse.go_on(desk->socket()); });
            std::this_thread::sleep_for(300ms);
            // In turn: whatever else the machine does meets both alike.
            for (int round = 0; round < rounds; ++round) {
                for (const bool paused : {true, false}) {
                    for (const auto& one : hostile)
                        paused ? one.pause() : one.resume();
                    auto& answers = paused ? quiet : abused;
                    const auto now = honest().ask(asked_in_a_round);
                    answers.insert(answers.end(), now.begin(), now.end());
                }
            }
            served = honest().visit(desk->number(card));
        }
        std::this_thread::sleep_for(1s);
        const double delay = percentile(abused, 95) - percentile(quiet, 95);
        const long growth = resident_kb(daemon) - before;
        std::cout << abuse.name << ": an answer takes " << percentile(quiet, 50) << " ms (p95 "
                  << percentile(quiet, 95) << "), under abuse " << percentile(abused, 50) << " ms (p95 "
                  << percentile(abused, 95) << "); a visit " << served.decision << " in " << served.seconds
                  << " s after " << served.busy << " times busy; memory " << before << " kB "
                  << (growth < 0 ? "" : "+") << growth << " kB, log +"
                  << bytes_of(desk->folder() / "kaomond.log") - log << " bytes, record +"
                  << bytes_of(desk->folder() / "audit.jsonl") - record << " bytes" << std::endl;
        EXPECT_LE(delay, most_delay);
        EXPECT_EQ(std::ranges::count(abused, HonestCaller::no_answer), 0) << "calls without an answer";
        EXPECT_EQ(served.decision, "verified") << served.reason;
        EXPECT_LE(growth, most_growth);
        EXPECT_LE(bytes_of(desk->folder() / "kaomond.log") - log, most_log);
        EXPECT_LE(bytes_of(desk->folder() / "audit.jsonl") - record, most_record);
    }

    // A session of the hostile user's in which one act after the other is handed in: the words of the
    // replies.
    static std::string guess(const char* method, const std::function<boost::json::object(int)>& act) {
        OtherUser hostile(hostile_user, [&](int out) {
            Caller session(desk->socket()), acts(desk->socket());
            session.send("org.kaomon.Verification.Verify",
                         {{"nonce", "nonce-of-somebody-who-guesses"}, {"methods", {method}}}, true);
            const auto begun = session.receive();
            const auto id = begun->at("parameters").at("session");
            const double end = monotonic_seconds() + 3;
            for (int i = 0; monotonic_seconds() < end; ++i) {
                auto parameters = act(i);
                parameters["session"] = id;
                parameters["idempotency_key"] = "guess-number-" + std::to_string(i);
                const auto reply = acts.call("org.kaomon.Verification.Provide", parameters);
                const auto words = boost::json::serialize(reply) + "\n";
                (void)!write(out, words.data(), words.size());
                sleep_5_ms();
            }
        });
        return hostile.said();
    }

    inline static Desk* desk = nullptr;
    inline static fs::path card, guessed;
};

TEST_P(HostileTest, AnHonestCallerIsServed) {
    expect_no_harm(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Abuse, HostileTest, testing::ValuesIn(abuses().begin(), abuses().end()),
                         [](const auto& abuse) { return std::string(abuse.param.name); });

TEST_F(HostileTest, WhoSpeaksForNobodyConfirmsNobody) {
    const auto said = guess("visual_check", [](int) {
        return boost::json::object{
            {"visual_check", {{"staff", "hanako.s"}, {"reason", "face_failed"}, {"confirmed", true}}}};
    });
    EXPECT_NE(said.find("staff_not_configured"), std::string::npos) << said.substr(0, 500);
    EXPECT_EQ(said.find("\"repeated\""), std::string::npos) << "one was taken";
}

TEST_F(HostileTest, GuessingCostsOneTryATap) {
    desk->put(guessed);
    const std::string right = desk->number(guessed);
    (void)guess("face", [&](int i) { // the card's own but for the last four digits
        auto number = right.substr(0, 10) + std::to_string(1000 + i % 9000);
        return boost::json::object{
            {"access_number", {{"number", number == right ? right.substr(0, 10) + "0000" : number}}}};
    });
    EXPECT_EQ(desk->tries(guessed), 9);
    desk->put(guessed);
    (void)guess("pin", [&](int i) { return boost::json::object{{"pin", std::to_string(1000 + i % 9000)}}; });
    EXPECT_GE(desk->tries(guessed, "sign_in_pin"), 2);
    desk->put(card);
    const auto served = honest().visit(desk->number(card));
    EXPECT_EQ(served.decision, "verified") << served.reason;
}

TEST_F(HostileTest, ALogThatNobodyReadsHoldsUpNobody) {
    const auto log = desk->folder() / "kaomond.log";
    fs::remove(log);
    ASSERT_EQ(mkfifo(log.c_str(), 0600), 0);
    const UniqueFd unread(open(log.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    const std::string full(4096, '\n');
    while (write(unread.get(), full.data(), full.size()) > 0) {
    }
    start();
    ASSERT_TRUE(eventually([] { return desk->status().at("card_present").as_bool(); }));
    expect_no_harm(abuse_of("garbage"));
}

} // namespace
} // namespace kaomon::test
