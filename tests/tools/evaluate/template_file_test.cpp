#include "tests/daemon/match/templates.hpp"
#include "tools/evaluate/template_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace kaomon::evaluate {
namespace {

const std::string embedder(64, 'e');

Sample sample(double degrees) {
    Sample made;
    made.live = View{match::at_angle(degrees), {.yaw = 7}};
    made.card = fail(Reason::no_face);
    return made;
}

class TemplateFileTest : public testing::Test {
  protected:
    void SetUp() override { std::filesystem::remove(path); }
    void TearDown() override { std::filesystem::remove(path); }
    std::unique_ptr<TemplateFile> open() {
        auto file = TemplateFile::open(path, embedder);
        EXPECT_TRUE(file) << file.error().what.en;
        return file ? std::move(*file) : nullptr;
    }
    const std::filesystem::path path = "/tmp/kaomon-templates-" + std::to_string(getpid());
    const std::string image = std::string(64, 'a'), other = std::string(64, 'b');
};

TEST_F(TemplateFileTest, KeepsWhatWasAcquired) {
    open()->add(image, sample(30));
    const auto file = open();
    EXPECT_FALSE(file->find(other));
    const auto found = file->find(image);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->live->face.get().unit, match::at_angle(30).get().unit);
    EXPECT_EQ(found->live->quality.yaw, 7);
    EXPECT_EQ(found->card->error().reason, Reason::no_face);
}

TEST_F(TemplateFileTest, NobodyElseMayReadIt) {
    open()->add(image, sample(30));
    struct stat status{};
    ASSERT_EQ(stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    chmod(path.c_str(), 0644);
    EXPECT_EQ(TemplateFile::open(path, embedder).error().word, "resume_unusable");
}

TEST_F(TemplateFileTest, HoldsNoFaultOfThisRun) {
    Sample fault;
    fault.live = fail(Reason::internal_error);
    open()->add(image, fault);
    EXPECT_FALSE(open()->find(image));
}

TEST_F(TemplateFileTest, GoesOnAfterAnInterruption) {
    open()->add(image, sample(30));
    open()->add(other, sample(40));
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 5);
    {
        const auto file = open();
        EXPECT_TRUE(file->find(image));
        EXPECT_FALSE(file->find(other));
        file->add(other, sample(50));
    }
    EXPECT_EQ(open()->find(other)->live->face.get().unit, match::at_angle(50).get().unit);
}

TEST_F(TemplateFileTest, OfAnotherEmbedderIsRefusedAndLeftAlone) {
    open()->add(image, sample(30));
    EXPECT_EQ(TemplateFile::open(path, std::string(64, 'f')).error().word, "resume_unusable");
    EXPECT_TRUE(open()->find(image));
    std::ofstream(path, std::ios::trunc) << "something else altogether\n";
    chmod(path.c_str(), 0600);
    EXPECT_EQ(TemplateFile::open(path, embedder).error().word, "resume_unusable");
    EXPECT_EQ(std::filesystem::file_size(path), 26U);
}

TEST_F(TemplateFileTest, NonsenseIsNoTemplate) {
    SecretBytes record = write_record(image, sample(30));
    const auto count = [&record] {
        std::size_t records = 0;
        read_records(record, [&](std::string, Sample) { ++records; });
        return records;
    };
    EXPECT_EQ(count(), 1U);
    record[64] = 2; // has a card: yes or no
    EXPECT_EQ(count(), 0U);
    record = write_record(image, sample(30));
    for (std::size_t i = 100; i < 400; ++i)
        record[i] = 0x7F; // large numbers: not of length 1
    EXPECT_EQ(count(), 0U);
}

} // namespace
} // namespace kaomon::evaluate
