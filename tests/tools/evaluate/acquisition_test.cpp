// The pool: every image is looked at by one of the threads, and which one makes no difference.
#include "tools/evaluate/acquisition.hpp"
#include "tools/evaluate/template_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace kaomon::evaluate {
namespace {

namespace fs = std::filesystem;

class Acquisition : public testing::Test {
  protected:
    void SetUp() override {
        for (int round = 0; round < 2; ++round) { // the same file twice: both threads may have it in hand
            for (const char* name : {"obama2", "biden", "missing", "obama"})
                list.entries.push_back(
                    {.path = KAOMON_SOURCE_DIR "/models/demo/" + std::string(name) + ".jpg"});
        }
        ASSERT_TRUE(fs::exists(list.entries[0].path)) << "run tools/models/fetch --demo";
        fs::remove(kept);
    }
    void TearDown() override { fs::remove(kept); }

    std::vector<Sample> acquired(unsigned threads, TemplateFile* known = nullptr) {
        AcquisitionSettings settings;
        settings.device.face.models = KAOMON_SOURCE_DIR "/models";
        settings.device.photo = {KAOMON_WORKER, Milliseconds{5000}}; // sanitized
        settings.card = true;
        settings.threads = threads;
        settings.known = known;
        settings.progress = [this](std::size_t done) { // not atomic: TSan would see two at a time
            EXPECT_EQ(done, told + 1);
            told = done;
        };
        told = 0;
        auto samples = acquire(list, settings);
        EXPECT_TRUE(samples) << samples.error().what.en;
        EXPECT_EQ(told, list.entries.size());
        return samples ? std::move(*samples) : std::vector<Sample>(list.entries.size());
    }

    static void expect_equal(const std::vector<Sample>& some, const std::vector<Sample>& others) {
        ASSERT_EQ(some.size(), others.size());
        for (std::size_t i = 0; i < some.size(); ++i) {
            EXPECT_EQ(some[i].entry, i);
            ASSERT_EQ(some[i].live.has_value(), others[i].live.has_value()) << i;
            if (!some[i].live)
                continue;
            EXPECT_EQ(some[i].live->face.get().unit, others[i].live->face.get().unit) << i;
            ASSERT_TRUE(some[i].card && *some[i].card && others[i].card && *others[i].card) << i;
            EXPECT_EQ((*some[i].card)->face.get().unit, (*others[i].card)->face.get().unit) << i;
        }
    }

    List list;
    std::size_t told = 0;
    const fs::path kept = "/tmp/kaomon-acquired-" + std::to_string(getpid());
};

TEST_F(Acquisition, OfTwoThreadsIsThatOfOne) {
    const auto alone = acquired(1);
    EXPECT_TRUE(alone[0].live && alone[1].live && !alone[2].live);
    expect_equal(acquired(2), alone);
}

TEST_F(Acquisition, ThreadsShareTheFileOfTemplates) {
    auto file = TemplateFile::open(kept, std::string(64, 'e'));
    ASSERT_TRUE(file);
    const auto first = acquired(2, file->get());
    file->reset(); // it is locked for as long as it is open
    file = TemplateFile::open(kept, std::string(64, 'e'));
    ASSERT_TRUE(file);
    const auto again = acquired(2, file->get());
    expect_equal(again, first);
    for (const auto& sample : again)
        EXPECT_LT(sample.times.observe, 0) << "it was looked at a second time";
}

} // namespace
} // namespace kaomon::evaluate
