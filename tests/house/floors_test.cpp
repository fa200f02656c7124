// The floors of the house: an include goes down, never up; libraries stay in the rooms they were let into.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Include {
    std::string from, to; // paths as from the root; `to` of a library as between the angle brackets
    bool own;
};

const std::vector<Include>& includes() {
    static const auto all = [] {
        std::vector<Include> found;
        const fs::path root = KAOMON_SOURCE_DIR;
        for (const char* top : {"proto", "drivers", "daemon", "tools"}) {
            for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
                const auto kind = entry.path().extension();
                if (kind != ".cpp" && kind != ".hpp" && kind != ".c" && kind != ".h")
                    continue;
                std::ifstream file(entry.path());
                for (std::string text; std::getline(file, text);) {
                    if (!text.starts_with("#include "))
                        continue;
                    const auto open = text.find_first_of("<\"");
                    const auto close = text.find_first_of(">\"", open + 1);
                    if (close == std::string::npos)
                        continue;
                    found.push_back({fs::relative(entry.path(), root).string(),
                                     text.substr(open + 1, close - open - 1), text[open] == '"'});
                }
            }
        }
        return found;
    }();
    return all;
}

bool within(const std::string& path, const std::string& folder) {
    return path.starts_with(folder + "/");
}

struct Never { // an include from a file of `room` to one of `other`
    std::string room, other;
};

TEST(Floors, AnIncludeGoesDown) {
    const std::vector<Never> rules{
        {"proto", "drivers"},
        {"proto", "daemon"},
        {"proto", "tools"},
        {"drivers", "daemon"},
        {"drivers", "tools"},
        {"drivers/base", "drivers/card"},
        {"drivers/base", "drivers/camera"},
        {"drivers/base", "drivers/fault"},
        {"drivers/base", "drivers/picture"},
        {"drivers/picture", "drivers/card"},
        {"drivers/picture", "drivers/camera"},
        {"drivers/card", "drivers/camera"},
        {"drivers/camera", "drivers/card"},
        {"drivers/card/pcsc", "drivers/card/mynumber"},
        {"drivers/card/pcsc", "drivers/card/simulated"},
        {"drivers/card/mynumber", "drivers/card/pcsc"},
        {"drivers/card/mynumber", "drivers/card/simulated"},
        {"daemon", "tools"},
        {"daemon/photo", "daemon/session"},
        {"daemon/face", "daemon/session"},
        {"daemon/liveness", "daemon/session"},
        {"daemon/match", "daemon/session"},
        {"daemon/result", "daemon/session"},
        {"daemon/audit", "daemon/session"},
        {"daemon/metrics", "daemon/session"},
        {"daemon/photo", "daemon/face"},
        {"daemon/face", "daemon/match"},
        {"daemon/face", "daemon/liveness"},
        {"daemon/liveness", "daemon/match"},
        {"daemon/face", "daemon/capture"},
        {"daemon/liveness", "daemon/capture"},
        {"daemon/match", "daemon/capture"},
        {"daemon/capture", "daemon/session"},
        {"daemon/screen", "daemon/session"},
        {"daemon/liveness", "daemon/screen"},
        {"daemon/capture", "daemon/screen"},
        {"daemon/session", "daemon/socket"},
        {"daemon/session", "daemon/config"},
        {"daemon/visit", "daemon/session"},
        {"daemon/visit", "daemon/config"},
        {"daemon/capture", "daemon/visit"},
        {"daemon/session", "daemon/wiring"},
        {"daemon/socket", "daemon/wiring"},
        {"daemon/config", "daemon/wiring"},
        {"daemon/gateway", "daemon/config"},
        {"daemon/gateway", "daemon/session"},
        {"daemon/gateway", "daemon/socket"},
        {"daemon/gateway", "daemon/wiring"},
        {"daemon/socket", "daemon/gateway"},
        {"daemon/session", "daemon/gateway"},
        {"daemon/wiring", "daemon/gateway"},
        {"tools", "daemon/session"},
        {"tools", "daemon/socket"},
    };
    for (const auto& include : includes()) {
        for (const auto& never : rules) {
            EXPECT_FALSE(include.own && within(include.from, never.room) && within(include.to, never.other))
                << include.from << " includes " << include.to;
        }
    }
}

TEST(Floors, OnlyTheWiringNamesConcreteDrivers) {
    for (const auto& include : includes()) {
        if (!within(include.from, "daemon") || within(include.from, "daemon/wiring"))
            continue;
        for (const char* concrete : {"drivers/card/pcsc", "drivers/card/simulated", "drivers/camera/v4l2",
                                     "drivers/camera/simulated", "drivers/fault"}) {
            EXPECT_FALSE(within(include.to, concrete)) << include.from << " includes " << include.to;
        }
    }
}

// A tool that put a desk together in its own way would measure or rehearse another desk than the daemon's.
TEST(Floors, ToolsAreWiredAsTheDaemonIs) {
    const std::vector<std::string> by_hand{"Pipeline::load(",    "Decoder::start(",       "make_v4l2_camera(",
                                           "pcsc::make_reader(", "capture::Transaction ", "match::decide("};
    const fs::path root = KAOMON_SOURCE_DIR;
    for (const auto& entry : fs::recursive_directory_iterator(root / "tools")) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp")
            continue;
        std::ifstream file(entry.path());
        for (std::string text; std::getline(file, text);) {
            for (const auto& call : by_hand)
                EXPECT_EQ(text.find(call), std::string::npos) << entry.path() << ": " << text;
        }
    }
}

TEST(Floors, LibrariesStayInTheirRooms) {
    struct Library {
        std::string headers; // how its includes start
        std::vector<std::string> rooms;
    };
    const std::vector<Library> libraries{
        {"opencv2/", {"daemon/face", "daemon/liveness"}},
        {"openssl/",
         {"drivers/card/mynumber", "drivers/card/simulated", "daemon/result", "daemon/audit",
          "daemon/face/model_store.cpp", "daemon/gateway", "tools/clinic/certificate"}},
        {"p11-kit/", {"tools/clinic/certificate"}},
        {"boost/json",
         {"daemon/socket", "daemon/config", "daemon/result", "daemon/audit", "daemon/gateway", "tools"}},
        {"boost/beast", {"daemon/gateway"}},
        {"boost/asio",
         {"daemon/socket", "daemon/session", "daemon/health", "daemon/gateway", "daemon/main.cpp",
          "daemon/asio.cpp"}},
        {"winscard.h", {"drivers/card/pcsc"}},
        {"PCSC/", {"drivers/card/pcsc"}},
        {"linux/videodev2.h", {"drivers/camera/v4l2"}},
        {"turbojpeg.h", {"drivers/camera"}},
        {"jpeglib.h", {"drivers/picture"}},
        {"jerror.h", {"drivers/picture"}},
        {"openjpeg", {"daemon/photo", "drivers/card/simulated"}},
        {"spdlog/", {"drivers/base"}},
        {"toml++",
         {"daemon/config", "daemon/face", "daemon/gateway", "drivers/base/toml.cpp", "drivers/card/mynumber",
          "drivers/card/simulated", "tools"}},
    };
    for (const auto& include : includes()) {
        for (const auto& library : libraries) {
            if (include.own || !include.to.starts_with(library.headers))
                continue;
            const bool let_in = std::ranges::any_of(library.rooms, [&](const std::string& room) {
                return include.from == room || within(include.from, room);
            });
            EXPECT_TRUE(let_in) << include.from << " includes <" << include.to << ">";
        }
    }
}

TEST(Floors, PureRoomsHaveNoClock) {
    const std::vector<std::string> clocks{"steady_clock::now(", "system_clock::now(", "SteadyClock::now(",
                                          "clock_gettime(", "std::time("};
    const fs::path root = KAOMON_SOURCE_DIR;
    for (const char* room : {"daemon/face", "daemon/liveness", "daemon/match", "daemon/capture",
                             "daemon/screen", "daemon/result"}) {
        for (const auto& entry : fs::directory_iterator(root / room)) {
            std::ifstream file(entry.path());
            for (std::string text; std::getline(file, text);) {
                for (const auto& clock : clocks) {
                    EXPECT_EQ(text.find(clock), std::string::npos) << entry.path() << ": " << text;
                }
            }
        }
    }
}

// Whoever writes a file by hand gets one of the five wrong: short writes, EINTR, rollback, sync, the folder.
TEST(Floors, OnlyTheBaseWritesFilesByHand) {
    const std::vector<std::string> calls{"fsync(",  "fdatasync(", "ftruncate(", "rename(",  "renameat2(",
                                         "pwrite(", "mkstemp(",   "mkostemp(",  "O_WRONLY", "O_APPEND"};
    const std::vector<std::string> by_hand{"drivers/base/append_file.cpp", "drivers/base/durable_file.cpp"};
    const fs::path root = KAOMON_SOURCE_DIR;
    for (const char* top : {"drivers", "daemon", "tools"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const auto kind = entry.path().extension();
            const std::string name = fs::relative(entry.path(), root).string();
            if ((kind != ".cpp" && kind != ".hpp") || std::ranges::find(by_hand, name) != by_hand.end())
                continue;
            std::ifstream file(entry.path());
            for (std::string text; std::getline(file, text);) {
                for (const auto& call : calls)
                    EXPECT_EQ(text.find(call), std::string::npos) << name << ": " << text;
            }
        }
    }
}

} // namespace
