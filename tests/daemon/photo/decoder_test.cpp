#include "daemon/photo/decoder.hpp"
#include "daemon/photo/raster.hpp"
#include "tests/daemon/photo/sample_jp2.hpp"

#include <dirent.h>
#include <gmock/gmock.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace kaomon::photo {
namespace {

using testing::encode;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::pattern;
using testing::Sample;

const std::filesystem::path worker_path = KAOMON_PHOTO;
constexpr Milliseconds patient{5000}; // for tests of what is decoded, on a machine under load

std::vector<pid_t> children() {
    std::ifstream list("/proc/self/task/" + std::to_string(gettid()) + "/children");
    return {std::istream_iterator<pid_t>(list), {}};
}

std::unique_ptr<Decoder> started(Milliseconds budget = patient) {
    return Decoder::start(worker_path, budget).value();
}

void expect_good_photo(Decoder& decoder) {
    const Sample lossless{.ratio = 1};
    const auto image = decoder.decode(encode(lossless));
    ASSERT_TRUE(image) << image.error().detail;
    EXPECT_EQ(image->width, 240);
    EXPECT_EQ(image->height, 300);
    EXPECT_EQ(image->channels, 1);
    const Bytes expected = pattern(lossless);
    EXPECT_TRUE(std::ranges::equal(image->pixels, expected));
}

TEST(Decoder, DecodesGrey) {
    expect_good_photo(*started());
}

TEST(Decoder, DecodesColour) {
    const Sample lossless{.width = 100, .height = 80, .channels = 3, .ratio = 1};
    const auto image = started()->decode(encode(lossless));
    ASSERT_TRUE(image) << image.error().detail;
    EXPECT_EQ(image->channels, 3);
    EXPECT_TRUE(std::ranges::equal(image->pixels, pattern(lossless)));
}

TEST(Decoder, DecodesTheLargestPicture) {
    const Bytes jp2 = encode({.width = 1024, .height = 1024, .channels = 3, .ratio = 60});
    ASSERT_GT(jp2.size(), 40'000U);
    const auto image = started()->decode(jp2);
    ASSERT_TRUE(image) << image.error().detail;
    EXPECT_EQ(image->pixels.size(), 3U << 20);
}

TEST(Decoder, DecodesOneAfterTheOther) {
    const auto decoder = started();
    for (int i = 0; i < 5; ++i)
        expect_good_photo(*decoder);
    EXPECT_EQ(children().size(), 1U); // the last one's; nothing else left behind
}

TEST(Decoder, AnswersAtOnceWhereItWasRenewed) {
    const auto decoder = started();
    for (int i = 0; i < 3; ++i) {
        expect_good_photo(*decoder);
        const auto used = children();
        decoder->renew();
        ASSERT_EQ(children().size(), 1U) << "the used one is gone, the next one is there";
        EXPECT_NE(children(), used);
        const auto next = children();
        decoder->renew();
        EXPECT_EQ(children(), next) << "one that waits stays";
    }
    expect_good_photo(*decoder);
}

// Its memory is touched and, where the limit lets anyone, locked before a photograph comes.
TEST(Decoder, HasItsMemoryBeforehand) {
    const auto decoder = started();
    constexpr std::size_t whole = 32U << 20; // more than the program with its libraries
    Bytes mine(whole);
    if (mlock(mine.data(), mine.size()) != 0)
        GTEST_SKIP() << "this user may not lock 32 MiB of memory";
    munlock(mine.data(), mine.size());
    std::ifstream status("/proc/" + std::to_string(children().at(0)) + "/status");
    const std::string text((std::istreambuf_iterator<char>(status)), {});
    EXPECT_THAT(text, HasSubstr("VmLck:"));
    EXPECT_THAT(text, Not(HasSubstr("VmLck:\t       0 kB")));
}

TEST(Decoder, WaitsInItsCage) {
    const auto decoder = started();
    ASSERT_EQ(children().size(), 1U);
    std::ifstream status("/proc/" + std::to_string(children()[0]) + "/status");
    const std::string text((std::istreambuf_iterator<char>(status)), {});
    EXPECT_THAT(text, HasSubstr("Seccomp:\t2"));
    EXPECT_THAT(text, HasSubstr("NoNewPrivs:\t1"));
}

TEST(Decoder, EndsItsWorker) {
    started().reset();
    EXPECT_TRUE(children().empty());
}

TEST(Decoder, RefusesDamagedPhotographs) {
    const auto decoder = started();
    EXPECT_EQ(decoder->decode({}).error().reason, Reason::photo_malformed);
    const Bytes good = encode({});
    EXPECT_EQ(decoder->decode(ByteView(good).first(good.size() / 2)).error().reason, Reason::photo_malformed);
    // A sound skeleton with entropy-coded data of noise: any of the reasons or a picture, but never an
    // outage.
    for (unsigned seed = 1; seed < 20; ++seed) {
        Bytes noise = good;
        unsigned state = seed;
        for (std::size_t i = 200; i + 2 < noise.size(); ++i) {
            state = state * 1664525U + 1013904223U;
            noise[i] = static_cast<std::uint8_t>(state >> 25); // below 0x80: no markers by chance
        }
        (void)decoder->decode(noise);
    }
    expect_good_photo(*decoder);
}

// The dearest pictures that pass the header check: the largest, colour, all layers, smallest blocks.
TEST(Decoder, EndsBombsInTime) {
    const auto decoder = started(Milliseconds{200});
    for (const Sample& bomb :
         {Sample{.width = 1024, .height = 1024, .channels = 3, .levels = 10, .layers = 24, .ratio = 50},
          Sample{.width = 1024, .height = 1024, .channels = 1, .precinct = 64, .ratio = 17}}) {
        const Bytes jp2 = encode(bomb);
        const auto begun = SteadyClock::now();
        const auto image = decoder->decode(jp2);
        if (!image) {
            EXPECT_NE(image.error().reason, Reason::photo_malformed) << image.error().detail;
        }
        EXPECT_LT(SteadyClock::now() - begun, Milliseconds{4000}); // under load; 200 ms and a start otherwise
    }
    expect_good_photo(*started());
}

TEST(Decoder, NoticesAWorkerThatDiedWaiting) {
    const auto decoder = started();
    ASSERT_EQ(children().size(), 1U);
    kill(children()[0], SIGKILL);
    siginfo_t info;
    waitid(P_PID, static_cast<id_t>(children()[0]), &info, WEXITED | WNOWAIT);
    expect_good_photo(*decoder); // nobody at the desk notices
}

TEST(Decoder, GivesUpAStoppedWorker) {
    const auto decoder = started(Milliseconds{300});
    ASSERT_EQ(children().size(), 1U);
    kill(children()[0], SIGSTOP);
    const auto begun = SteadyClock::now();
    const auto image = decoder->decode(encode({}));
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().reason, Reason::photo_decoder_timeout);
    EXPECT_GE(SteadyClock::now() - begun, Milliseconds{300});
    EXPECT_EQ(children().size(), 1U);
    ASSERT_TRUE(decoder->decode(encode({})));
}

TEST(Decoder, SaysThatTheWorkerIsMissing) {
    const auto decoder = Decoder::start("/nowhere/kaomon-photo");
    ASSERT_FALSE(decoder);
    EXPECT_EQ(decoder.error().reason, Reason::photo_decoder_failed);
    EXPECT_THAT(decoder.error().detail, HasSubstr("/nowhere/kaomon-photo cannot be started"));
}

class TemporaryFolder {
  public:
    TemporaryFolder() {
        char name[] = "/tmp/kaomon-photo-XXXXXX";
        path_ = mkdtemp(name);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

struct Rogue {
    const char* how;
    Reason reason;
    const char* detail;
};
void PrintTo(const Rogue& rogue, std::ostream* out) {
    *out << rogue.how;
}

class RogueInUse : public ::testing::TestWithParam<Rogue> {};

TEST_P(RogueInUse, IsAReasonNotAnOutage) {
    const TemporaryFolder folder;
    std::filesystem::create_symlink(ROGUE_WORKER, folder.path() / GetParam().how);
    std::filesystem::create_symlink(worker_path, folder.path() / "real");
    const auto decoder = Decoder::start(folder.path() / GetParam().how, Milliseconds{1000});
    ASSERT_TRUE(decoder) << decoder.error().detail;
    std::ofstream(folder.path() / "spent") << "from now on the real one";

    const auto image = (*decoder)->decode(encode({}));
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().reason, GetParam().reason);
    EXPECT_THAT(image.error().detail, HasSubstr(GetParam().detail));
    expect_good_photo(**decoder);
    EXPECT_EQ(children().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Decoder, RogueInUse,
    ::testing::Values(Rogue{"hangs", Reason::photo_decoder_timeout, "did not answer in time"},
                      Rogue{"spins", Reason::photo_decoder_timeout, "CPU time"},
                      Rogue{"breaks_the_cage", Reason::photo_decoder_failed, "killed by its cage"},
                      Rogue{"crashes", Reason::photo_decoder_failed, "Segmentation fault"},
                      Rogue{"says_nothing", Reason::photo_decoder_failed, "exited with code 0"},
                      Rogue{"closes_and_lingers", Reason::photo_decoder_failed, "closed its socket"},
                      Rogue{"half_an_answer", Reason::photo_decoder_failed, "exited"},
                      Rogue{"half_a_picture", Reason::photo_decoder_failed, "exited"},
                      Rogue{"another_picture", Reason::photo_decoder_failed, "another picture"},
                      Rogue{"unknown_status", Reason::photo_decoder_failed, "another picture"}),
    [](const auto& tested) { return tested.param.how; });

class RogueAtStart : public ::testing::TestWithParam<const char*> {};

TEST_P(RogueAtStart, IsSaidAtOnce) {
    const TemporaryFolder folder;
    std::filesystem::create_symlink(ROGUE_WORKER, folder.path() / GetParam());
    const auto begun = SteadyClock::now();
    const auto decoder = Decoder::start(folder.path() / GetParam());
    ASSERT_FALSE(decoder);
    EXPECT_EQ(decoder.error().reason, Reason::photo_decoder_failed);
    EXPECT_LT(SteadyClock::now() - begun, Milliseconds{2000});
    EXPECT_TRUE(children().empty());
}

INSTANTIATE_TEST_SUITE_P(Decoder, RogueAtStart,
                         ::testing::Values("exits_at_once", "never_ready", "wrong_greeting"),
                         [](const auto& tested) { return tested.param; });

} // namespace
} // namespace kaomon::photo
