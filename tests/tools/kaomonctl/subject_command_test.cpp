// kaomonctl subject, as two desks of a clinic use it.
#include "tests/daemon/socket/program.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace kaomon {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class SubjectCommand : public ::testing::Test {
  protected:
    struct Desk {
        Desk() {
            std::ofstream(folder / "kaomond.toml")
                << "[audit]\nfile = \"" << (folder / "audit.jsonl").string() << "\"\n";
        }
        ~Desk() { std::filesystem::remove_all(folder); }
        testing::Ended subject(std::vector<std::string> arguments, const std::string& input = {}) const {
            arguments.insert(arguments.begin(), {KAOMON_BINARY_DIR "/bin/kaomonctl", "subject"});
            arguments.insert(arguments.end(), {"--config", (folder / "kaomond.toml").string()});
            return testing::run_program(arguments, input);
        }
        const std::filesystem::path folder = testing::make_temporary_folder();
    };
    Desk one, other;
};

TEST_F(SubjectCommand, OneDesksSecretBecomesTheOthers) {
    const auto exported = one.subject({"export-secret"});
    ASSERT_EQ(exported.code, 0) << exported.err;
    EXPECT_THAT(exported.out, MatchesRegex("[0-9a-f]+-[0-9a-f]+\n"));
    EXPECT_EQ(one.subject({"export-secret"}).out, exported.out);
    EXPECT_NE(other.subject({"export-secret"}).out, exported.out);

    const auto kept = other.subject({"import-secret", "-"}, exported.out);
    EXPECT_EQ(kept.code, 3) << "the other desk has one";
    EXPECT_THAT(kept.err, HasSubstr("--replace"));
    EXPECT_EQ(other.subject({"import-secret", "-", "--replace"}, exported.out).code, 0);
    EXPECT_EQ(other.subject({"export-secret"}).out, exported.out);
}

TEST_F(SubjectCommand, AMistypedSecretChangesNothing) {
    const auto before = one.subject({"export-secret"}).out;
    std::string wrong = before;
    wrong[3] = wrong[3] == 'a' ? 'b' : 'a';
    const auto ended = one.subject({"import-secret", "-", "--replace"}, wrong);
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.err, HasSubstr("mistyped or cut off"));
    EXPECT_EQ(one.subject({"export-secret"}).out, before);
}

TEST_F(SubjectCommand, RotationKeepsTheOldOneForAWhile) {
    const auto before = one.subject({"export-secret"}).out;
    const auto ended = one.subject({"rotate", "--keep-days", "30", "--json"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("previous_until"));
    EXPECT_NE(one.subject({"export-secret"}).out, before);
    std::ifstream file(one.folder / "subject-secret");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_THAT(text, HasSubstr("previous " + before.substr(0, before.size() - 1)));
}

} // namespace
} // namespace kaomon
