#include "daemon/gateway/limits.hpp"
#include "daemon/gateway/pages.hpp"
#include "tests/daemon/gateway/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

namespace kaomon::gateway {
namespace {

namespace fs = std::filesystem;

TEST(Pages, APathNamesAFileOrNone) {
    EXPECT_EQ(place_of("/patient")->file, "patient.html");
    EXPECT_EQ(place_of("/staff")->type, "text/html; charset=utf-8");
    EXPECT_EQ(place_of("/assets/speech/ja/look-here_1.opus")->type, "audio/ogg");
    EXPECT_EQ(place_of("/assets/a.min.mjs")->type, "text/javascript; charset=utf-8");
    for (const char* path : {"",
                             "/",
                             "patient",
                             "/patient/",
                             "/patient.html",
                             "/Patient",
                             "/assets",
                             "/assets/",
                             "/assets//a.js",
                             "/assets/.a.js",
                             "/assets/..",
                             "/assets/../a.js",
                             "/assets/a/../b.js",
                             "/assets/a..b.js",
                             "/assets/a.js/",
                             "/assets/a.js.",
                             "/assets/a",
                             "/assets/a.exe",
                             "/assets/a.js%00",
                             "/assets/%2e%2e/a.js",
                             "/assets/a\\b.js",
                             "/assets/a b.js",
                             "/assets/a.html~",
                             "/assets/a/b/c/d.js",
                             "/assets/é.js",
                             "/assets/./a.js",
                             "/assetsx/a.js",
                             "http://127.0.0.1/assets/a.js",
                             "*"})
        EXPECT_FALSE(place_of(path)) << path;
    EXPECT_FALSE(place_of("/assets/" + std::string(300, 'a') + ".js"));
    EXPECT_FALSE(place_of(std::string_view("/assets/a.js\0.js", 16)));
}

TEST(Pages, NothingFromOutsideTheFolder) {
    const testing::TemporaryFolder folder;
    const auto pages = folder.path / "pages";
    fs::create_directories(pages / "assets");
    std::ofstream(folder.path / "secret.js") << "secret";
    std::ofstream(pages / "assets" / "a.js") << "a";
    fs::create_symlink("../../secret.js", pages / "assets" / "linked.js");
    fs::create_symlink("a.js", pages / "assets" / "inner.js");
    fs::create_directory_symlink("../..", pages / "assets" / "up");
    fs::create_directory(pages / "assets" / "folder.js");
    ASSERT_EQ(mkfifo((pages / "assets" / "fifo.js").c_str(), 0600), 0);
    std::ofstream(pages / "assets" / "large.js") << std::string(max_page + 1, ' ');
    EXPECT_EQ(read_page(pages, "/assets/a.js")->content, "a");
    for (const char* name :
         {"linked.js", "inner.js", "up/secret.js", "folder.js", "fifo.js", "large.js", "none.js"})
        EXPECT_FALSE(read_page(pages, std::string("/assets/") + name)) << name;
    EXPECT_FALSE(read_page(folder.path / "nowhere", "/patient"));
}

} // namespace
} // namespace kaomon::gateway
