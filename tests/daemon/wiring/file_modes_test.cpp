#include "daemon/wiring/file_modes.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <vector>

namespace kaomon::wiring {
namespace {

namespace fs = std::filesystem;

struct FileModes : testing::Test {
    fs::path folder, file;
    config::Config config;

    FileModes() {
        char name[] = "/tmp/kaomon-modes-XXXXXX";
        folder = mkdtemp(name);
        file = folder / "kaomond.toml";
        config.audit.file = folder / "state" / "audit.jsonl";
        config.card.trust_store = folder / "trust.d";
        fs::create_directory(folder / "state");
        fs::create_directory(folder / "trust.d");
        for (const fs::path& one : files())
            std::ofstream(one) << "x";
        for (const fs::path& one : files())
            EXPECT_EQ(chmod(one.c_str(), 0600), 0);
    }
    ~FileModes() override { fs::remove_all(folder); }
    std::vector<fs::path> files() const {
        return {file, folder / "trust.d" / "a.toml", config.audit.file, folder / "state" / "idempotency_keys",
                folder / "state" / "suspicions"};
    }
    std::string said() const {
        const auto checked = check_file_modes(config, file);
        if (checked)
            return {};
        EXPECT_EQ(checked.error().reason, Reason::file_mode_unsafe);
        return checked.error().detail;
    }
};

TEST_F(FileModes, AsTheDaemonMakesThemAreGood) {
    EXPECT_EQ(said(), "");
    fs::remove_all(folder / "state");
    EXPECT_EQ(said(), "") << "a first start has none";
    EXPECT_EQ(chmod(file.c_str(), 0644), 0);
    EXPECT_EQ(said(), "") << "anybody may read the configuration";
}

TEST_F(FileModes, EachOneThatOthersCanChangeIsNamedWithTheCommandThatMendsIt) {
    for (const fs::path& one : files()) {
        ASSERT_EQ(chmod(one.c_str(), 0666), 0);
        const std::string fault = said();
        EXPECT_TRUE(fault.starts_with(one.string() + " has mode 0666, other users can change it: chmod "))
            << fault;
        ASSERT_EQ(std::system(fault.substr(fault.find("chmod")).c_str()), 0);
        EXPECT_EQ(said(), "");
    }
    for (const char* name : {"state", "trust.d"}) {
        ASSERT_EQ(chmod((folder / name).c_str(), 0777), 0);
        EXPECT_NE(said().find("chmod go-w '" + (folder / name).string()), std::string::npos);
        ASSERT_EQ(chmod((folder / name).c_str(), 0755), 0);
    }
}

TEST_F(FileModes, WhatIsTheDevicesAloneNobodyReads) {
    ASSERT_EQ(chmod(config.audit.file.c_str(), 0640), 0);
    EXPECT_NE(said().find("other users can read it: chmod go= "), std::string::npos);
}

TEST_F(FileModes, AllOfThemAreSaidAtOnce) {
    ASSERT_EQ(chmod(file.c_str(), 0666), 0);
    ASSERT_EQ(chmod(config.audit.file.c_str(), 0666), 0);
    const std::string fault = said();
    EXPECT_EQ(std::ranges::count(fault, ';'), 1) << fault;
}

// As installed: the state is the daemon's, and root looks whether all is well.
TEST_F(FileModes, WhatIsInTheStateFolderBelongsToItsOwner) {
    if (geteuid() != 0)
        GTEST_SKIP() << "only root can give a file away";
    for (const fs::path& one : {folder / "state", config.audit.file, folder / "state" / "suspicions"})
        ASSERT_EQ(chown(one.c_str(), 995, 995), 0);
    EXPECT_EQ(said(), "");
    ASSERT_EQ(chown(config.audit.file.c_str(), 996, 0), 0);
    EXPECT_NE(said().find("belongs to user 996"), std::string::npos);
}

TEST_F(FileModes, WhatBelongsToSomebodyElseIsTheirsToChange) {
    if (geteuid() != 0)
        GTEST_SKIP() << "only root can give a file away";
    ASSERT_EQ(chown(file.c_str(), 4711, 0), 0);
    EXPECT_NE(said().find("belongs to user 4711"), std::string::npos);
}

} // namespace
} // namespace kaomon::wiring
