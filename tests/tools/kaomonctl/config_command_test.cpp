// kaomonctl config, on a file of its own.
#include "tests/daemon/socket/program.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

namespace kaomon {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ConfigCommand : public ::testing::Test {
  protected:
    ConfigCommand() { std::ofstream(file) << "# ours\n[camera]\nrate = 15 # slow hub\n"; }
    ~ConfigCommand() override { std::filesystem::remove_all(folder); }
    testing::Ended config(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {KAOMON_BINARY_DIR "/bin/kaomonctl", "config"});
        arguments.insert(arguments.end(), {"--config", file});
        return testing::run_program(arguments);
    }
    std::string text() const {
        std::ifstream stream(file);
        return std::string(std::istreambuf_iterator<char>(stream), {});
    }
    const std::filesystem::path folder = testing::make_temporary_folder();
    const std::string file = folder / "kaomond.toml";
};

TEST_F(ConfigCommand, ShowsWhatCounts) {
    EXPECT_THAT(config({"show"}).out,
                AllOf(HasSubstr("camera.rate = 15\n"), HasSubstr("card.min_tries = 6\n")));
    EXPECT_EQ(config({"show", "--changed"}).out, "camera.rate = 15\n");
    EXPECT_EQ(config({"show", "camera.rate"}).out, "15\n");
    EXPECT_THAT(config({"show", "camera.rate", "--json"}).out, HasSubstr(R"({"camera.rate":"15"})"));
}

TEST_F(ConfigCommand, SetsOneValue) {
    ASSERT_EQ(chmod(file.c_str(), 0640), 0);
    const auto ended = config({"set", "camera.rate", "25"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("systemctl reload kaomond"));
    EXPECT_EQ(text(), "# ours\n[camera]\nrate = 25 # slow hub\n");
    struct stat found{};
    ASSERT_EQ(stat(file.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777U, 0640U);
}

TEST_F(ConfigCommand, WhatIsNotAllowedChangesNothing) {
    const std::string before = text();
    const auto wrong = config({"set", "camera.rate", "fast"});
    EXPECT_EQ(wrong.code, 3);
    EXPECT_THAT(wrong.err, HasSubstr("camera.rate"));
    const auto unknown = config({"set", "camera.rat", "15"});
    EXPECT_EQ(unknown.code, 3);
    EXPECT_THAT(unknown.err, HasSubstr("did you mean camera.rate"));
    EXPECT_EQ(text(), before);
}

TEST_F(ConfigCommand, ChecksUsersToo) {
    std::ofstream(file) << "[socket]\nverify_users = [\"nobody-of-that-name\"]\n";
    const auto ended = config({"check"});
    EXPECT_NE(ended.code, 0);
    EXPECT_THAT(ended.err, HasSubstr("nobody-of-that-name"));
}

TEST_F(ConfigCommand, PrintsEveryKey) {
    const auto schema =
        testing::run_program({KAOMON_BINARY_DIR "/bin/kaomonctl", "config", "schema", "--json"});
    EXPECT_EQ(schema.code, 0);
    EXPECT_THAT(schema.out,
                AllOf(HasSubstr(R"("key":"camera.rate","default":"30","allowed":"a whole number, )"),
                      HasSubstr(R"("key":"match.policy")")));
    EXPECT_THAT(schema.out, Not(HasSubstr("\n\n")));
}

} // namespace
} // namespace kaomon
