// The files of proto/ are what the daemon serves, and what they say of states and reasons is true.
#include "daemon/session/desk.hpp"
#include "daemon/socket/interfaces.hpp"
#include "tests/daemon/socket/raw_client.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

namespace kaomon {
namespace {

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::filesystem::path> files() {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(KAOMON_SOURCE_DIR "/proto")) {
        if (entry.path().extension() == ".varlink")
            found.push_back(entry.path());
    }
    return found;
}

TEST(InterfaceFiles, AreAllServed) {
    std::set<std::string> on_disk, served;
    for (const auto& file : files())
        on_disk.insert(read(file));
    for (const auto& interface : socket::interfaces())
        served.insert(interface.description);
    EXPECT_EQ(on_disk, served);
    EXPECT_EQ(socket::interfaces().size(), socket::interface_texts().size());
}

// As a caller gets it: every byte of the file, escaped as JSON.
TEST(InterfaceFiles, AreWhatGetInterfaceDescriptionAnswers) {
    testing::ServedDesk desk;
    testing::RawClient client(desk.path());
    for (const auto& file : files()) {
        const std::string reply = client.call(
            R"({"method":"org.varlink.service.GetInterfaceDescription","parameters":{"interface":")" +
            file.stem().string() + R"("}})");
        std::string escaped;
        for (const char c : read(file)) {
            if (c == '\n') {
                escaped += "\\n";
            } else {
                if (c == '"' || c == '\\')
                    escaped += '\\';
                escaped += c;
            }
        }
        EXPECT_EQ(reply, R"({"parameters":{"description":")" + escaped + R"("}})") << file;
    }
}

TEST(InterfaceFiles, NameTheStatesOfTheSession) {
    std::vector<std::string> states;
    for (int i = 0; i <= static_cast<int>(session::State::concluded); ++i)
        states.emplace_back(word(static_cast<session::State>(i)));
    for (const char* name : {"org.kaomon.Device", "org.kaomon.Verification", "org.kaomon.Screen"})
        EXPECT_EQ(socket::find_interface(name)->type("State")->words, states) << name;
}

TEST(InterfaceFiles, TheMessageIsTheSameInAll) {
    const auto text_of = [](std::string_view name) {
        const std::string& text = socket::find_interface(name)->description;
        const auto from = text.find("type Message");
        return text.substr(from, text.find("\n)", from) - from);
    };
    EXPECT_EQ(text_of("org.kaomon.Device"), text_of("org.kaomon.Verification"));
    EXPECT_EQ(text_of("org.kaomon.Device"), text_of("org.kaomon.Screen"));
}

// The words_with_underscores of a text.
std::vector<std::string> compound_words(const std::string& text) {
    std::vector<std::string> found;
    std::string word;
    for (const char c : text + " ") {
        if ((c >= 'a' && c <= 'z') || (c == '_' && !word.empty())) {
            word += c;
            continue;
        }
        if (word.find('_') != std::string::npos && word.back() != '_')
            found.push_back(word);
        word.clear();
    }
    return found;
}

// What a comment names so is a reason, or a name of the interface itself.
TEST(InterfaceFiles, NameReasonsThatExist) {
    const std::set<std::string> others{
        "false_match_rate", "reader_fault",  "card_present",   "camera_fault",    "verify_users",
        "retry_after_ms",   "tries_left",    "deadline_ms",    "era_year",        "security_code",
        "not_verified",     "test_card",     "pin_tries_left", "visual_check",    "not_checked",
        "data_set",         "access_number", "who_can_act",    "idempotency_key", "no_light",
        "staff_users",      "device_fault",  "birth_date",     "chip_key",        "screen_users",
        "gateway_user",     "card_expiry"};
    for (const auto& interface : socket::interfaces()) {
        std::set<std::string> known = others;
        if (const auto* states = interface.type("State"))
            known.insert(states->words.begin(), states->words.end());
        std::istringstream lines(interface.description);
        for (std::string line; std::getline(lines, line);) {
            const auto comment = line.find('#');
            if (comment == std::string::npos)
                continue;
            for (const std::string& word : compound_words(line.substr(comment)))
                EXPECT_TRUE(known.contains(word) || from_word<Reason>(word)) << line;
        }
    }
}

} // namespace
} // namespace kaomon
