#include "daemon/config/config.hpp"
#include "daemon/config/keys.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <limits>
#include <set>

namespace kaomon::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Every value of a configuration, in the order of the table.
std::vector<std::string> values(Config config) {
    std::vector<std::string> all;
    for (const auto& key : keys()) {
        std::visit(
            [&]<class T>(T* value) {
                if constexpr (std::is_same_v<T, std::vector<std::string>>)
                    all.insert(all.end(), value->begin(), value->end());
                else if constexpr (Worded<T>)
                    all.emplace_back(word(*value));
                else if constexpr (requires { word(value->front()); })
                    for (const auto one : *value)
                        all.emplace_back(word(one));
                else if constexpr (std::is_same_v<T, std::vector<std::filesystem::path>>)
                    for (const auto& path : *value)
                        all.push_back(path.string());
                else if constexpr (std::is_same_v<T, std::filesystem::path>)
                    all.push_back(value->string());
                else if constexpr (std::is_same_v<T, std::string>)
                    all.push_back(*value);
                else if constexpr (std::is_same_v<T, Milliseconds>)
                    all.push_back(std::to_string(value->count()));
                else
                    all.push_back(std::to_string(*value));
            },
            key.target(config));
        all.push_back("|");
    }
    return all;
}

void expect_wrong(std::string_view toml, const std::string& detail) {
    const auto config = parse(toml, "kaomond.toml");
    ASSERT_FALSE(config) << toml;
    EXPECT_EQ(config.error().reason, Reason::config_invalid);
    EXPECT_THAT(config.error().detail, HasSubstr(detail)) << toml;
}

TEST(Config, DefaultFileIsTheDefaults) {
    const std::string file = defaults_as_toml();
    const auto config = parse(file, "default");
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(values(*config), values(Config{}));
    EXPECT_EQ(values(parse("", "empty").value()), values(Config{}));
}

TEST(Config, DefaultFileExplainsEveryKey) {
    const std::string file = defaults_as_toml();
    EXPECT_THAT(file,
                HasSubstr("\n# With fewer tries of the verification number left than this, no try is spent.\n"
                          "# (a whole number, 1..10)\n"
                          "min_tries = 6\n"));
    EXPECT_THAT(file, HasSubstr("# (one of: normal, strict, very-strict)\npolicy = \"normal\"\n"));
    EXPECT_THAT(file, HasSubstr("frozen)\npresentation = \"calm\"\n"));
    EXPECT_THAT(
        file, HasSubstr("head_turn, directed_movement, blink, flash, photo_replay, moire)\nrequired = []\n"));
    EXPECT_THAT(file, HasSubstr("# (true or false)\nlight = true\n"));
    for (const auto& key : keys())
        EXPECT_FALSE(key.meaning.empty()) << key.name;
}

// The table reaches every member of the structs, each once, and no range exceeds what the member can hold.
TEST(Config, TableIsSound) {
    Config config;
    std::set<const void*> targets;
    std::set<std::string> names;
    for (const auto& key : keys()) {
        const std::string name = std::string(key.section) + '.' + std::string(key.name);
        EXPECT_TRUE(names.insert(name).second) << name;
        std::visit(
            [&]<class T>(T* target) {
                EXPECT_TRUE(targets.insert(target).second) << name;
                if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
                    EXPECT_TRUE(std::in_range<T>(key.highest) && std::in_range<T>(key.lowest)) << name;
                    EXPECT_TRUE(std::cmp_less_equal(key.lowest, *target) &&
                                std::cmp_less_equal(*target, key.highest))
                        << name;
                }
                if constexpr (!std::is_same_v<T, bool> &&
                              (std::is_integral_v<T> || std::is_same_v<T, Milliseconds>)) {
                    EXPECT_LT(key.lowest, key.highest);
                }
            },
            key.target(config));
        EXPECT_TRUE(std::ranges::any_of(sections(), [&](const auto& one) { return one.name == key.section; }))
            << name;
    }
    EXPECT_EQ(keys().size(), 46U); // a new member of a struct needs a line in the table
}

TEST(Config, SetsWhatTheFileSays) {
    const Config config = parse(R"(
        socket.path = "/tmp/s"
        socket.group = "desk" # dotted, or in a section
        socket.verify_users = [
            "orca",
            "1000",
        ]
        socket.staff_users = ["reception:s-07"]
        [card]
        min_tries = 10
        [camera]
        source = "simulated"
        stills = ["/a.jpg", "/b.jpg"]
        seed = 9223372036854775807
        [photo]
        budget_ms = 500
        [match]
        policy = "very-strict"
        [liveness]
        required = []
        [result]
        validity_s = 3600
    )",
                                "test")
                              .value();
    EXPECT_EQ(config.socket.path, "/tmp/s");
    EXPECT_EQ(config.socket.group, "desk");
    EXPECT_THAT(config.socket.verify_users, ElementsAre("orca", "1000"));
    EXPECT_THAT(config.socket.staff_users, ElementsAre("reception:s-07"));
    EXPECT_EQ(config.card.min_tries, 10);
    EXPECT_THAT(config.camera.stills, ElementsAre("/a.jpg", "/b.jpg"));
    EXPECT_EQ(config.camera.seed, 9223372036854775807U);
    EXPECT_EQ(config.photo.budget, Milliseconds{500});
    EXPECT_EQ(config.match.policy, PolicyName::very_strict);
    EXPECT_TRUE(config.liveness.required.empty());
    EXPECT_EQ(config.result.validity, 3600);
    EXPECT_EQ(config.face.frames, 3); // not said: the default
    EXPECT_EQ(config.face.arithmetic, face::Backend::own_int16);
}

TEST(Config, NamesUnknownSectionsAndKeys) {
    expect_wrong("[card]\n\nmin_tris = 6\n",
                 "kaomond.toml:3: card.min_tris: unknown key; did you mean \"min_tries\"?");
    expect_wrong("\n[crad]\n", "kaomond.toml:2: crad: unknown section; did you mean \"card\"?");
    expect_wrong("[session]\ndeadline = 60\n",
                 ":2: session.deadline: unknown key; did you mean \"deadline_ms\"?");
    expect_wrong("[card]\nzzzzz = 6\n", ":2: card.zzzzz: unknown key");
    expect_wrong("min_tries = 6\n", ":1: min_tries: unknown section");
    expect_wrong("card = 6\n", ":1: card: must be a section: [card]");
    expect_wrong("[[card]]\n", ":1: card: must be a section");
    expect_wrong("[card.reader]\nx = 1\n", ": card.reader: must be a text");
}

TEST(Config, NamesWrongTypesAndRanges) {
    expect_wrong("[card]\nmin_tries = 0\n", ":2: card.min_tries: must be a whole number, 1..10");
    expect_wrong("[card]\nmin_tries = 11\n", "1..10");
    expect_wrong("[card]\nmin_tries = 266\n", "1..10"); // 10 if it were cut to a byte
    expect_wrong("[card]\nmin_tries = \"6\"\n", "must be a whole number");
    expect_wrong("[card]\nmin_tries = 6.0\n", "must be a whole number");
    expect_wrong("[card]\nreader = 1\n", ":2: card.reader: must be a text");
    expect_wrong("[camera]\nsource = \"usb\"\n", ":2: camera.source: must be one of: v4l2, simulated");
    expect_wrong("[camera]\nseed = -1\n", "camera.seed: must be a whole number from 0");
    expect_wrong("[match]\npolicy = \"lax\"\n", "one of: normal, strict, very-strict");
    expect_wrong("[liveness]\nrequired = [\"feed_black\", \"feed_blak\"]\n",
                 ":2: liveness.required: must be a list out of: feed_black");
    expect_wrong("[liveness]\nrequired = \"feed_black\"\n", "must be a list");
    expect_wrong("[screen]\nlight = 1\n", ":2: screen.light: must be true or false");
    EXPECT_FALSE(parse("[screen]\nlight = false\n", "off").value().screen.light);
    expect_wrong("[audit]\nfile = \"audit.jsonl\"\n", "audit.file: must be an absolute path");
    expect_wrong("[audit]\nfile = \"\"\n", "must be an absolute path");
    expect_wrong("[audit]\nfile = \"/a\\u0000b\"\n", "must be an absolute path");
    expect_wrong("[photo]\nbudget_ms = 19\n", "20..2000");
    expect_wrong("[result]\nissuer = \"a\\nb\"\n", "result.issuer: must be a text");
}

TEST(Config, KnowsWhatNoSingleKeyTells) {
    expect_wrong("[camera]\nwidth = 640\nsource = \"simulated\"\n",
                 ":3: camera.stills: the simulated camera needs");
    expect_wrong("[socket]\npath = \"/" + std::string(107, 'a') + "\"\n",
                 ":2: socket.path: must be at most 107");
    EXPECT_TRUE(parse("[socket]\npath = \"/" + std::string(106, 'a') + "\"\n", "test"));
}

TEST(Config, NamesTheTopmostOfSeveralErrors) {
    expect_wrong("[socket]\nnope = 1\n[audit]\nnope = 1\n", ":2: socket.nope");
    expect_wrong("[socket]\npath = 1\n[audit]\nnope = 1\n", ":2: socket.path");
}

TEST(Config, NamesTheLineThatIsNotToml) {
    expect_wrong("[card]\nreader = \"x\n", "kaomond.toml:2: not valid TOML");
    expect_wrong("[card]\nreader = \"a\"\nreader = \"b\"\n", ":3: not valid TOML");
    expect_wrong(std::string("\0\x1b[31m", 6), ":1: not valid TOML");
    expect_wrong(std::string(10'000, '['), "not valid TOML");
    expect_wrong("a = " + std::string(10'000, '['), "not valid TOML");
    expect_wrong(std::string(70'000, '\n'), "larger than 64 KiB");
}

TEST(Config, LoadsFiles) {
    char name[] = "/tmp/kaomon-config-XXXXXX";
    const std::filesystem::path folder = mkdtemp(name);
    EXPECT_THAT(load(folder / "missing.toml").error().detail, HasSubstr("missing.toml:1: cannot be read"))
        << "somebody named it";
    if (!std::filesystem::exists(installed_file)) {
        EXPECT_EQ(values(load_installed().value()), values(Config{}));
    }
    std::ofstream(folder / "good.toml") << "[face]\nframes = 5\n";
    EXPECT_EQ(load(folder / "good.toml")->face.frames, 5);
    std::ofstream(folder / "bad.toml") << "\n[face]\nframes = 50\n";
    EXPECT_EQ(load(folder / "bad.toml").error().detail,
              (folder / "bad.toml").string() + ":3: face.frames: must be a whole number, 1..10");
    std::ofstream(folder / "large.toml") << std::string(70'000, '#');
    EXPECT_THAT(load(folder / "large.toml").error().detail, HasSubstr("larger than 64 KiB"));
    EXPECT_THAT(load(folder).error().detail, HasSubstr("cannot be read"));
    mkfifo((folder / "fifo").c_str(), 0600);
    EXPECT_TRUE(load(folder / "fifo")); // nobody writes: empty, and no hanging
    std::filesystem::remove_all(folder);
}

} // namespace
} // namespace kaomon::config
